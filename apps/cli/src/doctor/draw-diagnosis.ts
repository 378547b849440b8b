import { drawFacts, fact } from '../output/facts.js';
import type { Diagnosis } from './examine.js';

/** A diagnosis for the screen: the state of things, then what is wrong with the command that mends it. */
export function drawDiagnosis(diagnosis: Diagnosis): string {
  const { device, tensorflow, cuda, driver, node, disk } = diagnosis;
  const cudaParts = Object.entries(cuda).map(([name, version]) => `${name} ${version}`);
  const facts = drawFacts([
    fact(
      'runs on',
      device
        ? `${device.kind.toUpperCase()}, ${device.name}, ${device.threads} ${device.threads === 1 ? 'thread' : 'threads'}`
        : 'nothing',
    ),
    fact('engine', device ? engine(device) : null),
    fact('installation', `${tensorflow.state}, TensorFlow ${tensorflow.version ?? 'absent'}`),
    fact('NVIDIA driver', driver.present ? (driver.version ?? 'present') : 'none'),
    fact('CUDA libraries', cudaParts.length > 0 ? cudaParts.join(', ') : 'none'),
    fact('Node', node.version),
    fact(
      'free disk',
      `${gibibytes(disk.freeBytes)} here, ${gibibytes(disk.cache.freeBytes)} in ${disk.cache.path}`,
    ),
    fact('pip', diagnosis.pip ?? 'none (needed to install only)'),
    fact('C++ compiler', diagnosis.compiler ?? 'none (needed to install only)'),
  ]);
  if (diagnosis.problems.length === 0) return `${facts}\n\nAll is well: everything runs natively.`;
  const problems = diagnosis.problems.map(({ code, reason, remedy }) => `✗ ${reason} [${code}]\n  ${remedy}`);
  const again = diagnosis.command === null ? [] : [`To install again: ${diagnosis.command}`];
  return [facts, ...problems, ...again].join('\n\n');
}

function engine({
  implementation,
  tfjsBackend,
  tensorflowVersion,
}: NonNullable<Diagnosis['device']>): string {
  return implementation === 'native'
    ? `native TensorFlow ${tensorflowVersion ?? ''}`.trim()
    : `TensorFlow.js with ${tfjsBackend}, many times slower than native TensorFlow`;
}

function gibibytes(sizeBytes: number): string {
  return `${(sizeBytes / 2 ** 30).toFixed(1)} GiB`;
}
