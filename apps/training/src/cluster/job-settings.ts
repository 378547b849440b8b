/** One toleration of a training pod; without a value any value of the taint is tolerated. */
export interface PodToleration {
  readonly key: string;
  readonly value?: string;
  readonly effect?: string;
}

/** What all Jobs of a training service have in common. */
export interface JobSettings {
  readonly namespace: string;
  readonly image: string;
  /** How pods reach the training service. */
  readonly serviceUrl: string;
  /** Name of Kueue's LocalQueue in the namespace. */
  readonly queue: string;
  /** 0 where pods are to train without one. */
  readonly gpus: number;
  /** Requests and limits beside the GPUs, as Kubernetes writes them; what is left out is up to the namespace. */
  readonly cpu: string | undefined;
  readonly memory: string | undefined;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly PodToleration[];
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** A run that is at work for longer fails; counted anew after a preemption. */
  readonly deadlineSeconds: number | undefined;
  /** For so long a Job that has finished can be looked at. */
  readonly keepSeconds: number;
  /** A PersistentVolumeClaim with the data sets, which pods read. */
  readonly dataClaim: string | undefined;
  /** A Secret that says where a bucket has the data sets that the volume does not have: S3_ENDPOINT, S3_BUCKET and so on. */
  readonly dataSecret: string | undefined;
  /** For the last checkpoint of a pod, when it is told to end. */
  readonly graceSeconds: number;
}
