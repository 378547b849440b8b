import type { Metadata } from 'next';
import { LoginPage } from '../../session/login-page';

export const metadata: Metadata = { title: 'Sign in' };

export default async function Page({
  searchParams,
}: {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}) {
  const { next } = await searchParams;
  return <LoginPage next={typeof next === 'string' ? next : '/'} />;
}
