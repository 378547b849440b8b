'use client';

import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  createElement,
  type ReactNode,
  useContext,
} from 'react';

/** What a link of these parts needs of a router's link. */
export interface LinkComponentProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string;
}

const LinkContext = createContext<ComponentType<LinkComponentProps> | 'a'>('a');

export interface LinkProviderProps {
  /** The router's link, for instance `Link` of `next/link`: every inner link of these parts is drawn with it. */
  readonly component: ComponentType<LinkComponentProps>;
  readonly children: ReactNode;
}

/** Says once how links inside the app are drawn; without it they are plain anchors. */
export function LinkProvider({ component, children }: LinkProviderProps) {
  return <LinkContext value={component}>{children}</LinkContext>;
}

export interface AppLinkProps extends LinkComponentProps {
  /** A page of the other app or of another site: loads the whole page, past the router. */
  readonly external?: boolean;
}

/** A link inside the app, drawn with the router's link where there is one. */
export function AppLink({ external, ...rest }: AppLinkProps) {
  const link = useContext(LinkContext);
  return createElement(external ? 'a' : link, rest);
}
