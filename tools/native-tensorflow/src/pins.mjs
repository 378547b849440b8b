/** @typedef {import('./index.d.mts').PinnedWheel} PinnedWheel */
/** @typedef {import('./index.d.mts').Pins} Pins */

const TENSORFLOW = '2.21.0';

// A wheel's Python version does not matter, since none of its Python is run; one is fixed so that one checksum will do.
const X64 = 'manylinux_2_27_x86_64';
const ARM64 = 'manylinux_2_27_aarch64';

/**
 * From TensorFlow's wheel: the two libraries, and the few headers that the addon's sources include.
 * @param {Pick<PinnedWheel, 'name' | 'sha256' | 'platform' | 'sizeBytes' | 'unpackedBytes'>} wheel
 * @returns {PinnedWheel}
 */
function tensorflow(wheel) {
  const libraries = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];
  return {
    ...wheel,
    version: TENSORFLOW,
    part: 'tensorflow',
    take: [
      ...libraries,
      'tensorflow/include/tensorflow/c/',
      'tensorflow/include/tensorflow/core/platform/ctstring',
      'tensorflow/include/tsl/platform/ctstring',
      'tensorflow/include/xla/tsl/c/',
    ],
    require: [
      ...libraries,
      'tensorflow/include/tensorflow/c/c_api.h',
      'tensorflow/include/tensorflow/c/eager/c_api.h',
    ],
  };
}

/**
 * From a wheel of CUDA: its shared libraries, under `nvidia/<part>/lib`, where TensorFlow's run path looks for them.
 * @param {string} name
 * @param {string} version
 * @param {string} part
 * @param {string} sha256
 * @param {number} sizeBytes
 * @param {number} unpackedBytes
 * @param {string} library
 * @returns {PinnedWheel}
 */
function cuda(name, version, part, sha256, sizeBytes, unpackedBytes, library) {
  const folder = `nvidia/${part}`;
  return {
    name: `nvidia-${name}-cu12`,
    version,
    sha256,
    platform: 'manylinux2014_x86_64',
    sizeBytes,
    unpackedBytes,
    part: folder,
    // The compiler's wheel has no libraries, but ptxas and libdevice, which TensorFlow wants for GPUs newer than itself.
    take: [`${folder}/lib/`, `${folder}/bin/ptxas`, `${folder}/nvvm/libdevice/`],
    require: [`${folder}/${library}`],
  };
}

/**
 * The wheels, fixed to the byte. CUDA's are the versions that this TensorFlow was built and tested with, which are the
 * lowest that its `and-cuda` extra admits.
 * @type {Pins}
 */
export const pins = {
  x64: {
    cpu: {
      tensorflow: TENSORFLOW,
      wheels: [
        tensorflow({
          name: 'tensorflow-cpu',
          platform: X64,
          sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
          sizeBytes: 274_000_871,
          unpackedBytes: 855_000_000,
        }),
      ],
    },
    gpu: {
      tensorflow: TENSORFLOW,
      wheels: [
        tensorflow({
          name: 'tensorflow',
          platform: X64,
          sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
          sizeBytes: 572_611_111,
          unpackedBytes: 1_260_000_000,
        }),
        // prettier-ignore
        ...[
          cuda('cublas', '12.5.3.2', 'cublas', 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b', 363_313_169, 551_706_504, 'lib/libcublas.so.12'),
          cuda('cuda-cupti', '12.5.82', 'cuda_cupti', 'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953', 13_811_507, 43_952_207, 'lib/libcupti.so.12'),
          cuda('cuda-nvcc', '12.5.82', 'cuda_nvcc', 'b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0', 22_468_537, 31_408_356, 'bin/ptxas'),
          cuda('cuda-nvrtc', '12.5.82', 'cuda_nvrtc', '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd', 24_873_108, 68_243_664, 'lib/libnvrtc.so.12'),
          cuda('cuda-runtime', '12.5.82', 'cuda_runtime', '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115', 895_707, 712_032, 'lib/libcudart.so.12'),
          cuda('cudnn', '9.3.0.75', 'cudnn', '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d', 577_163_502, 885_338_960, 'lib/libcudnn.so.9'),
          cuda('cufft', '11.2.3.61', 'cufft', '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8', 192_524_114, 278_929_256, 'lib/libcufft.so.11'),
          cuda('curand', '10.3.6.82', 'curand', '2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536', 56_309_107, 96_529_840, 'lib/libcurand.so.10'),
          cuda('cusolver', '11.6.3.83', 'cusolver', '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b', 130_341_232, 218_141_696, 'lib/libcusolver.so.11'),
          cuda('cusparse', '12.5.1.3', 'cusparse', '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752', 217_558_979, 295_715_544, 'lib/libcusparse.so.12'),
          cuda('nccl', '2.27.7', 'nccl', 'de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa', 322_546_339, 430_126_192, 'lib/libnccl.so.2'),
          cuda('nvjitlink', '12.5.82', 'nvjitlink', 'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212', 21_298_879, 54_560_656, 'lib/libnvJitLink.so.12'),
        ],
      ],
    },
  },
  arm64: {
    cpu: {
      tensorflow: TENSORFLOW,
      wheels: [
        // On this architecture the plain wheel is the one for the CPU; there is none for a GPU.
        tensorflow({
          name: 'tensorflow',
          platform: ARM64,
          sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
          sizeBytes: 281_946_471,
          unpackedBytes: 885_000_000,
        }),
      ],
    },
  },
};
