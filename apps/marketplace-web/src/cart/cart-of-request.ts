'use client';

import { createContext } from 'react';
import type { Cart } from './cart';

/** The cart that came with the request for a page, so that its first paint shows it; undefined where none came. */
export const CartOfRequest = createContext<Cart | undefined>(undefined);
