// The page's two languages: Chinese unless the reader has switched. The choice is kept in the browser.
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

import { chinese, type TextKey } from './chinese';
import { english } from './english';

export type Language = 'zh' | 'en';
export type Values = Record<string, string | number>;
export type Translate = (key: TextKey, values?: Values) => string;

const STORAGE_KEY = 'medmark.language';

// `{count}` is the value itself, `{count:page|pages}` the word for one or for another number.
export function fill(template: string, values?: Values): string {
  if (!values) return template;
  const text = template.replace(/\{(\w+):([^|{}]*)\|([^{}]*)\}/g, (whole, name: string, one: string, more: string) =>
    name in values ? (Number(values[name]) === 1 ? one : more) : whole,
  );
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

export function translate(language: Language, key: TextKey, values?: Values): string {
  return fill((language === 'en' ? english : chinese)[key], values);
}

// The text of a key that is built from data, such as `patient.` and a field's name; the name itself where none is known.
export function translateName(text: Translate, prefix: string, name: string): string {
  const key = prefix + name;
  return Object.hasOwn(chinese, key) ? text(key as TextKey) : name;
}

// The names that have a text under a prefix.
export function namesOf(prefix: string): string[] {
  return Object.keys(chinese)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

interface LanguageState {
  language: Language;
  text: Translate;
  setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageState>({
  language: 'zh',
  text: (key, values) => translate('zh', key, values),
  setLanguage: () => undefined,
});

function storedLanguage(): Language {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh'; // storage is switched off by policy on some machines
  }
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguageState] = useState<Language>(storedLanguage);
  const setLanguage = useCallback((next: Language) => {
    setLanguageState(next);
    try {
      localStorage.setItem(STORAGE_KEY, next);
    } catch {
      return; // the choice then lasts until the page is closed
    }
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
    document.title = language === 'en' ? 'medmark' : 'medmark 医学报告识别';
  }, [language]);
  const state = useMemo<LanguageState>(
    () => ({ language, setLanguage, text: (key, values) => translate(language, key, values) }),
    [language, setLanguage],
  );
  return <LanguageContext.Provider value={state}>{children}</LanguageContext.Provider>;
}

export function useLanguage(): LanguageState {
  return useContext(LanguageContext);
}

export function useText(): Translate {
  return useContext(LanguageContext).text;
}
