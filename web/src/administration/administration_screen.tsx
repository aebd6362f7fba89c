import { useSession } from '../session/session';
import { useText } from '../language/language';
import { codeText } from '../api/error_text';
import { formatRoute } from '../shell/route';
import { AuditSection } from './audit_section';
import { EngineSection } from './engine_section';
import { KeysSection } from './keys_section';
import { LexiconSection } from './lexicon_section';
import { SettingsSection } from './settings_section';
import { UsersSection } from './users_section';
import { WatchSection } from './watch_section';
import './administration.css';

const SECTIONS = {
  users: UsersSection,
  keys: KeysSection,
  settings: SettingsSection,
  watch: WatchSection,
  engine: EngineSection,
  lexicon: LexiconSection,
  audit: AuditSection,
} as const;

type SectionName = keyof typeof SECTIONS;

function isSection(name: string): name is SectionName {
  return Object.hasOwn(SECTIONS, name);
}

export function AdministrationScreen({ section }: { section: string }) {
  const text = useText();
  const { may } = useSession();
  if (!may('administer')) return <p className="padded">{codeText(text, 'forbidden')}</p>;
  const current: SectionName = isSection(section) ? section : 'users';
  const Section = SECTIONS[current];
  return (
    <div className="administration">
      <nav aria-label={text('admin.title')}>
        {(Object.keys(SECTIONS) as SectionName[]).map((name) => (
          <a
            key={name}
            href={formatRoute(['administration', name])}
            aria-current={name === current ? 'page' : undefined}
          >
            {text(`admin.${name}`)}
          </a>
        ))}
      </nav>
      <section className="card" aria-label={text(`admin.${current}`)}>
        <h1>{text(`admin.${current}`)}</h1>
        <Section />
      </section>
    </div>
  );
}
