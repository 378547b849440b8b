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
import { keysNew } from './keys-new.js';
import { keysShow } from './keys-show.js';
import { keysTrust } from './keys-trust.js';
import { losses } from './losses.js';
import { predict } from './predict.js';
import { publish } from './publish.js';
import { pull } from './pull.js';
import { replace } from './replace.js';
import { reproduce } from './reproduce.js';
import { search } from './search.js';
import { sweep } from './sweep.js';
import { train } from './train.js';
import { verify } from './verify.js';

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
    publish,
    search,
    pull,
    verify,
    keysShow,
    keysNew,
    keysTrust,
    benchStep,
    dataFetch,
    doctor,
    reproduce,
  ],
  groups: [
    { name: 'bench', summary: 'time the engine' },
    { name: 'keys', summary: 'signing keys, and whose signatures count' },
    { name: 'data', summary: 'official files of data sets' },
  ],
};
