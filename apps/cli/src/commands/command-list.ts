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
import { login } from './login.js';
import { logout } from './logout.js';
import { losses } from './losses.js';
import { predict } from './predict.js';
import { publish } from './publish.js';
import { pull } from './pull.js';
import { replace } from './replace.js';
import { reproduce } from './reproduce.js';
import { runsCancel } from './runs/cancel.js';
import { runsFork } from './runs/fork.js';
import { runsList } from './runs/list.js';
import { runsLogs } from './runs/logs.js';
import { runsPublish } from './runs/publish.js';
import { runsPull } from './runs/pull.js';
import { runsResume } from './runs/resume.js';
import { runsShow } from './runs/show.js';
import { runsSubmit } from './runs/submit.js';
import { runsSweep } from './runs/sweep.js';
import { runsCompose, runsDecompose, runsReplace, runsSweepTau } from './runs/tasks.js';
import { runsWatch } from './runs/watch.js';
import { runsYaml } from './runs/yaml.js';
import { search } from './search.js';
import { sweep } from './sweep.js';
import { tokensList } from './tokens/list.js';
import { tokensNew } from './tokens/new.js';
import { tokensRevoke } from './tokens/revoke.js';
import { train } from './train.js';
import { verify } from './verify.js';
import { whoami } from './whoami.js';
import { worker } from './worker.js';

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
    login,
    logout,
    whoami,
    tokensNew,
    tokensList,
    tokensRevoke,
    runsSubmit,
    runsList,
    runsShow,
    runsWatch,
    runsLogs,
    runsCancel,
    runsResume,
    runsFork,
    runsSweep,
    runsDecompose,
    runsCompose,
    runsReplace,
    runsSweepTau,
    runsPull,
    runsPublish,
    runsYaml,
    worker,
    benchStep,
    dataFetch,
    doctor,
    reproduce,
  ],
  groups: [
    { name: 'runs', summary: 'have networks trained by the training service, and see how they get on' },
    { name: 'tokens', summary: 'personal access tokens, for programs and other machines' },
    { name: 'bench', summary: 'time the engine' },
    { name: 'keys', summary: 'signing keys, and whose signatures count' },
    { name: 'data', summary: 'official files of data sets' },
  ],
};
