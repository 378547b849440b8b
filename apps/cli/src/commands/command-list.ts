import type { CommandList } from '../parse-arguments.js';
import { analyze } from './analyze.js';
import { benchStep } from './bench-step.js';
import { compose } from './compose.js';
import { dataFetch } from './data-fetch.js';
import { decompose } from './decompose.js';
import { doctor } from './doctor.js';
import { evaluate } from './evaluate.js';
import { exportWeights } from './export.js';
import { firstExperiment } from './first-experiment.js';
import { importWeights } from './import.js';
import { losses } from './losses.js';
import { predict } from './predict.js';
import { replace } from './replace.js';
import { reproduce } from './reproduce.js';
import { sweep } from './sweep.js';
import { train } from './train.js';

/** Every command, in the order of the help: the way of a model from training to repair. */
export const commandList: CommandList = {
  commands: [
    train,
    evaluate,
    predict,
    losses,
    decompose,
    compose,
    replace,
    analyze,
    sweep,
    firstExperiment,
    importWeights,
    exportWeights,
    benchStep,
    dataFetch,
    doctor,
    reproduce,
  ],
  groups: [
    { name: 'bench', summary: 'time the engine' },
    { name: 'data', summary: 'official files of data sets' },
  ],
};
