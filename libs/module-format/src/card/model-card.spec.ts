import { describe, expect, it } from 'vitest';
import { fullManifest, smallManifest } from '../manifest/testing.js';
import { renderModelCard } from './model-card.js';

describe('a model card', () => {
  it('tells machines and people what the manifest says', () => {
    const facts = {
      parameters: 2000,
      flops: 123456,
      input: { height: 28, width: 24, channels: 1 },
      modules: [{ class: 1, parameters: 250 }],
      tau: 0.9,
    };
    expect(renderModelCard(fullManifest, facts)).toMatchInlineSnapshot(`
      "---
      license: Apache-2.0
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
      - crossEntropy
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
          - type: crossEntropy
            value: 0.05
      moda:
        format_version: 1
        kind: composition
        parameters: 2000
        classes:
        - zero
        - one
        method: moda
        loss_weights:
          alpha: 1
          beta: 1
          gamma: 0.3
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

      An image classifier composed of modules with 2 classes of digits: 2,000 parameters, 123,456 multiply-adds an image. Made from: base digits at threshold 0.9. Licence: Apache-2.0.

      ## Classes

      | Output | Class | Label in the data set | Accuracy | Parameters of its module at threshold 0.9 | Share of the model |
      |---|---|---|---|---|---|
      | 0 | zero | 0 | 0.995 |  |  |
      | 1 | one | 1 | 0.985 | 250 | 12.5 % |

      ## Made from

      | Role | Model | Threshold (tau) | Its classes | Digest |
      |---|---|---|---|---|
      | base | digits | 0.9 | 0, 1 | sha256:abababababababababababababababababababababababababababababababab |

      ## Training

      | Setting | Value |
      |---|---|
      | method | moda |
      | epochs | 12 |
      | batchSize | 128 |
      | learningRate | 0.05 |
      | seed | 42 |
      | schedule | cosine |
      | split | four fifths for training |
      | normalisation | mean 0.1307; deviation 0.3081 |
      | device | CPU |

      ## Loss

      | Term | Weight |
      |---|---|
      | cross-entropy | 1 |
      | affinity (alpha) | 1 |
      | dispersion (beta) | 1 |
      | compactness (gamma) | 0.3 |

      ## Results

      | Measure | Value |
      |---|---|
      | accuracy | 0.99 |
      | crossEntropy | 0.05 |

      ## Limits

      - It knows these 2 classes only: an image of anything else is given one of them all the same.
      - It takes images 28 pixels high and 24 wide with one channel; images of other sizes must be brought to it first.
      - Pixels 0 to 255 must be normalised as in training, (pixel / 255 - mean) / deviation, with mean 0.1307 and deviation 0.3081.
      - It was measured on the 427 test images of digits; on other images it may do worse.

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
    for (const heading of ['Made from', 'Training', 'Loss', 'Results'])
      expect(card).not.toContain(`## ${heading}`);
    expect(card).toContain(
      '- How its input must be normalised was not recorded.\n- No accuracy of it was measured.',
    );
  });

  it.each([
    [{ ...smallManifest, license: 'MIT OR Zlib' }, { license: 'ISC' }, 'MIT OR Zlib', '"MIT OR Zlib"'],
    [smallManifest, { license: 'ISC' }, 'ISC', 'ISC'],
    [smallManifest, {}, 'other', 'other'],
  ])('takes the licence of the manifest first, and guesses none', (manifest, facts, shown, inYaml) => {
    const card = renderModelCard(manifest, { ...facts, parameters: 10 });
    expect(card).toContain(`\nlicense: ${inYaml}\n`);
    expect(card).toContain(` Licence: ${shown}.`);
  });

  it('keeps measures of classes that are not there apart, and leaves unmeasured cells empty', () => {
    const { classes } = fullManifest;
    const card = renderModelCard(
      { ...smallManifest, classes, metrics: { 'accuracy:1': 0.5, 'accuracy:7': 0.25 } },
      { parameters: 1 },
    );
    expect(card).toContain('| 0 | zero | 0 |  |\n| 1 | one | 1 | 0.5 |');
    expect(card).toContain('| accuracy:7 | 0.25 |');
  });

  it('says of colour images and whole models what they take', () => {
    const normalisation = { mean: [0.1, 0.2, 0.3], std: [1, 1, 2] };
    const card = renderModelCard(
      { ...smallManifest, dataset: { name: 'x', normalisation }, metrics: { accuracy: 1 } },
      { parameters: 1, input: { height: 32, width: 32, channels: 3 } },
    );
    expect(card).toContain('images 32 pixels high and 32 wide with 3 channels;');
    expect(card).toContain('with mean 0.1, 0.2, 0.3 and deviation 1, 1, 2, a channel each.');
    expect(card).toContain('- It was measured on x; on other images it may do worse.');
    expect(card).toContain('- It has one output, the score of one class');
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
