import { describe, expect, it } from 'vitest';
import { fullManifest, smallManifest } from '../manifest/testing.js';
import { renderModelCard } from './model-card.js';

describe('a model card', () => {
  it('tells machines and people what the manifest says', () => {
    const facts = {
      license: 'apache-2.0',
      parameters: 2000,
      flops: 123456,
      modules: [{ class: 1, parameters: 250 }],
    };
    expect(renderModelCard(fullManifest, facts)).toMatchInlineSnapshot(`
      "---
      license: apache-2.0
      library_name: moda
      pipeline_tag: image-classification
      tags:
      - moda
      - modular-neural-network
      - composition
      datasets:
      - digits
      metrics:
      - accuracy
      model-index:
      - name: "zero and one"
        results:
        - task:
            type: image-classification
          dataset:
            name: digits
            type: digits
          metrics:
          - type: accuracy
            value: 0.99
      moda:
        format_version: 1
        kind: composition
        parameters: 2000
        classes:
        - zero
        - one
        method: moda
        derived_from:
        - role: base
          name: digits
          digest: "sha256:abababababababababababababababababababababababababababababababab"
          tau: 0.9
          classes:
          - 0
          - 1
        version: "0.1.0"
      ---

      # zero and one

      An image classifier composed of modules with 2 classes of digits: 2,000 parameters, 123,456 multiply-adds an image. Made from: base digits at threshold 0.9.

      ## Classes

      | Output | Class | Label in the data set | Parameters of its module | Share of the model |
      |---|---|---|---|---|
      | 0 | zero | 0 |  |  |
      | 1 | one | 1 | 250 | 12.5 % |

      ## Training

      | Setting | Value |
      |---|---|
      | method | moda |
      | epochs | 12 |
      | batchSize | 128 |
      | learningRate | 0.05 |
      | alpha | 1 |
      | beta | 1 |
      | gamma | 0.3 |
      | seed | 42 |
      | schedule | cosine |
      | split | four fifths for training |
      | normalisation | mean 0.1307; deviation 0.3081 |
      | device | CPU |

      ## Results

      | Measure | Value |
      |---|---|
      | accuracy | 0.99 |

      ## Use

      \`\`\`sh
      moda evaluate --model . --dataset digits
      \`\`\`
      "
    `);
  });

  it('needs no more than the least manifest', () => {
    const card = renderModelCard(smallManifest, { license: 'mit', parameters: 10 });
    expect(card).toContain('\n# Model\n');
    expect(card).toContain('An image classifier with one class: 10 parameters.');
    expect(card).not.toContain('model-index');
    expect(card).not.toContain('## Results');
  });

  it('lets no name break out of its place', () => {
    const name = 'x\n---\n<script>|[a](b)';
    const hostile = { ...smallManifest, name, classes: [{ index: 0, name, sourceLabel: 0 }] };
    const card = renderModelCard(hostile, { license: 'mit', parameters: 1 });
    expect(card.match(/^---$/gm)).toHaveLength(2);
    const page = card.slice(card.indexOf('# '));
    expect(page).toContain('# x --- &lt;script&gt;\\|\\[a\\](b)');
    expect(page).not.toContain('<script>');
  });
});
