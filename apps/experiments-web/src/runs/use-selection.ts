'use client';
import { useCallback, useState } from 'react';

/** More ids than this would make an address that servers and mail programs cut off. */
const maxInAddress = 60;

/** The selected runs. Up to 60 of them stand in the address; more are known to this page alone. */
export function useSelection(
  inAddress: readonly string[],
  setInAddress: (ids: readonly string[]) => void,
): readonly [ReadonlySet<string>, (ids: ReadonlySet<string>) => void] {
  const [many, setMany] = useState<ReadonlySet<string> | undefined>(undefined);
  const select = useCallback(
    (ids: ReadonlySet<string>) => {
      const isMany = ids.size > maxInAddress;
      setMany(isMany ? ids : undefined);
      setInAddress(isMany ? [] : [...ids]);
    },
    [setInAddress],
  );
  return [many ?? new Set(inAddress), select];
}
