import type { ProgressEvent } from '@moda/experiments';
import type { DeviceReport } from '@moda/tensor-backend';

/** A slower fallback must not go unnoticed: people would take its speed for that of the method. */
export function warnOfFallback(device: DeviceReport, onProgress: (event: ProgressEvent) => void): void {
  if (device.fallbackReason !== undefined) onProgress({ type: 'warning', message: device.fallbackReason });
}
