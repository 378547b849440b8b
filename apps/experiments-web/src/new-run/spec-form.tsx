'use client';
import { Section } from '@moda/ui';
import { architectureNames } from '@moda/nn/graph';
import type { Draft } from './draft';
import { SpecFieldInput } from './spec-field-input';
import { type SpecField, specFields } from './spec-fields';

interface SpecFormProps {
  readonly values: Draft;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (name: SpecField['name'], value: unknown) => void;
}

/** Data sets that the program reads. */
const datasetNames = ['digits', 'mnist', 'cifar10', 'cifar100'];

const weights: readonly SpecField['name'][] = ['alpha', 'beta', 'gamma'];

const parts: readonly {
  readonly title: string;
  readonly subtitle: string;
  readonly names: readonly SpecField['name'][];
}[] = [
  {
    title: 'Network and data',
    subtitle: 'What is trained, and on what.',
    names: ['arch', 'dataset', 'dataDir', 'classes'],
  },
  {
    title: 'Training',
    subtitle: 'Defaults follow the network; those of large networks are the paper’s.',
    names: ['method', 'epochs', 'batchSize', 'learningRate', 'seed'],
  },
  {
    title: 'Weights of the losses',
    subtitle: 'Alpha weighs affinity, beta dispersion, gamma compactness.',
    names: weights,
  },
];

const named = new Set(parts.flatMap(({ names }) => names));
const rest = specFields.filter(({ name }) => !named.has(name)).map(({ name }) => name);

/** Every field of a run's spec. */
export function SpecForm({ values, errors, onChange }: SpecFormProps) {
  const shown = parts.filter(({ names }) => names !== weights || values['method'] !== 'standard');
  const isSmall = values['dataset'] === 'digits';
  return (
    <>
      {shown.map(({ title, subtitle, names }) => (
        <Section key={title} title={title} subtitle={subtitle}>
          <div className="m-form-grid">
            {names
              .filter((name) => name !== 'dataDir' || !isSmall)
              .map((name) => (
                <Field key={name} {...{ name, values, errors, onChange }} />
              ))}
          </div>
        </Section>
      ))}
      <details className="m-more" open={rest.some((name) => errors[name] !== undefined) || undefined}>
        <summary>Further settings</summary>
        <div className="m-form-grid">
          {rest.map((name) => (
            <Field key={name} {...{ name, values, errors, onChange }} />
          ))}
        </div>
      </details>
      <Offered id="networks" values={architectureNames} />
      <Offered id="data-sets" values={datasetNames} />
    </>
  );
}

function Field(props: SpecFormProps & { readonly name: SpecField['name'] }) {
  const { name, values, errors, onChange } = props;
  const field = specFields.find((own) => own.name === name);
  if (field === undefined) return null;
  return (
    <SpecFieldInput
      field={field}
      value={values[name]}
      // A field that nobody has filled in yet is not wrong, it is empty.
      error={name === 'arch' && values['arch'] === undefined ? undefined : errors[name]}
      onChange={(value) => onChange(name, value)}
      {...(name === 'arch' && { list: 'networks' })}
      {...(name === 'dataset' && { list: 'data-sets' })}
    />
  );
}

function Offered({ id, values }: { readonly id: string; readonly values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}
