import { AppLink } from './link.js';

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** Where the view has an address of its own. */
  readonly href?: string;
  /** Where the view is switched without an address. */
  readonly onSelect?: () => void;
  /** How many things are behind it. */
  readonly count?: number;
}

export interface TabsProps {
  /** Names the list for screen readers: "Parts of the run". */
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly current: string;
  readonly className?: string;
}

/** Views of one thing. They are links (or buttons), so that each can be opened, kept and shared. */
export function Tabs({ label, tabs, current, className = '' }: TabsProps) {
  return (
    <nav className={`m-tabs ${className}`} aria-label={label}>
      <ul className="m-tabs__list">
        {tabs.map((tab) => (
          <li key={tab.id}>
            <TabLink tab={tab} current={tab.id === current} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TabLink({
  tab: { label, href, onSelect, count },
  current,
}: {
  readonly tab: Tab;
  readonly current: boolean;
}) {
  const inner = (
    <>
      {label}
      {count !== undefined && <span className="m-tabs__count">{count}</span>}
    </>
  );
  if (href !== undefined) {
    return (
      <AppLink
        className="m-tabs__tab"
        href={href}
        onClick={onSelect}
        aria-current={current ? 'page' : undefined}
      >
        {inner}
      </AppLink>
    );
  }
  return (
    <button
      type="button"
      className="m-tabs__tab"
      onClick={onSelect}
      aria-current={current ? 'true' : undefined}
    >
      {inner}
    </button>
  );
}
