// The frame around every screen: brand, navigation, engine state, language, API page, account.
import { Anchor, Button, Group, Menu } from '@mantine/core';
import { IconChevronDown, IconExternalLink } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

import { DocumentScreen } from '../document/document_screen';
import { useLanguage, useText } from '../language/language';
import { Guard } from '../parts/guard';
import { useNotices } from '../parts/notice';
import { useEngine } from '../session/engine_state';
import { PasswordScreen } from '../session/password_screen';
import { useSession } from '../session/session';
import { UploadScreen } from '../upload/upload_screen';
import { formatRoute, useRoute, type Route } from './route';

const ArchiveScreen = lazy(() => import('../archive/archive_screen').then((it) => ({ default: it.ArchiveScreen })));
const PatientScreen = lazy(() => import('../archive/patient_screen').then((it) => ({ default: it.PatientScreen })));
const AdministrationScreen = lazy(() =>
  import('../administration/administration_screen').then((it) => ({ default: it.AdministrationScreen })),
);

export function Shell() {
  const text = useText();
  const notices = useNotices();
  const route = useRoute();
  const [changesPassword, setChangesPassword] = useState(false);
  if (changesPassword) {
    return (
      <PasswordScreen
        isFirst={false}
        onDone={() => {
          setChangesPassword(false);
          notices.inform(text('password.changed'));
        }}
        onCancel={() => {
          setChangesPassword(false);
        }}
      />
    );
  }
  return (
    <div className="shell">
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {text('app.skip')}
      </a>
      <Header
        route={route}
        onChangePassword={() => {
          setChangesPassword(true);
        }}
      />
      <main id="main" tabIndex={-1}>
        <Guard key={route.path.join('/')}>
          <Suspense fallback={null}>
            <Screen route={route} />
          </Suspense>
        </Guard>
      </main>
    </div>
  );
}

function Screen({ route }: { route: Route }) {
  const text = useText();
  const [screen = 'upload', id] = route.path;
  if (screen === 'upload') return <UploadScreen />;
  if (screen === 'documents' && id) {
    const page = Number.parseInt(route.parameters.get('page') ?? '1', 10);
    return <DocumentScreen id={id} page={Number.isFinite(page) ? page - 1 : 0} />;
  }
  if (screen === 'archive') return <ArchiveScreen parameters={route.parameters} />;
  if (screen === 'patients' && id) return <PatientScreen patientKey={id} />;
  if (screen === 'administration') return <AdministrationScreen section={id ?? 'users'} />;
  return <p className="padded">{text('app.page_not_found')}</p>;
}

function Header({ route, onChangePassword }: { route: Route; onChangePassword: () => void }) {
  const { text, language, setLanguage } = useLanguage();
  const { may, info, signOut } = useSession();
  const [screen = 'upload'] = route.path;
  const links: [string, string][] = [
    ['upload', text('nav.upload')],
    ['archive', text('nav.archive')],
  ];
  if (may('administer')) links.push(['administration', text('nav.administration')]);
  const isCurrent = (name: string) =>
    screen === name || (name === 'archive' && (screen === 'documents' || screen === 'patients'));
  return (
    <header className="header">
      <a className="brand" href={formatRoute(['upload'])}>
        <img src="./icon.svg" alt="" width={24} height={24} />
        <b>medmark</b>
        <span>{text('app.name')}</span>
      </a>
      <nav aria-label={text('nav.main')}>
        {links.map(([name, label]) => (
          <a key={name} href={formatRoute([name])} aria-current={isCurrent(name) ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <span className="spacer" />
      <Group gap="sm" wrap="nowrap">
        <EngineBadge />
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={text('app.language_label')}
          onClick={() => {
            setLanguage(language === 'zh' ? 'en' : 'zh');
          }}
        >
          {text('app.language')}
        </Button>
        {info.authentication && (
          <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <Button size="compact-sm" variant="subtle" rightSection={<IconChevronDown size={14} />}>
                {info.user.name}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{text(`role.${info.user.role}`)}</Menu.Label>
              <Menu.Item onClick={onChangePassword}>{text('nav.change_password')}</Menu.Item>
              <Menu.Item onClick={() => void signOut()}>{text('nav.sign_out')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <Anchor href="/docs" target="_blank" rel="noreferrer" size="sm" className="nowrap">
          {text('app.api')} <IconExternalLink size={13} aria-hidden="true" />
        </Anchor>
      </Group>
    </header>
  );
}

function EngineBadge() {
  const text = useText();
  const { state } = useEngine();
  if (!state) return null;
  return (
    <span className={`engine engine-${state}`} role="status">
      <i aria-hidden="true" />
      {text(`engine.${state}`)}
    </span>
  );
}
