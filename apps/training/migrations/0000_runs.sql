CREATE SCHEMA "training";
--> statement-breakpoint
CREATE TABLE "training"."events" (
	"run" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb,
	"step" bigint,
	"epoch" double precision,
	"measured" double precision[],
	CONSTRAINT "events_run_sequence_pk" PRIMARY KEY("run","sequence")
);
--> statement-breakpoint
CREATE TABLE "training"."journals" (
	"run" bigint NOT NULL,
	"file" text NOT NULL,
	"bytes_read" bigint NOT NULL,
	CONSTRAINT "journals_run_file_pk" PRIMARY KEY("run","file")
);
--> statement-breakpoint
CREATE TABLE "training"."runs" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"experiment" text collate "C" NOT NULL,
	"name" text,
	"user" text NOT NULL,
	"spec" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"priority" integer NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"heartbeat_at" timestamp (3) with time zone,
	"worker_pid" integer,
	"worker_host" text,
	"worker_token" text,
	"cancel_requested_at" timestamp (3) with time zone,
	"parent_id" text,
	"parent_epoch" integer,
	"idempotency_key" text,
	"progress_done" double precision DEFAULT 0 NOT NULL,
	"progress_total" double precision DEFAULT 0 NOT NULL,
	"progress_unit" text DEFAULT 'step' NOT NULL,
	"device" text,
	"trace_id" text NOT NULL,
	"outcome" jsonb,
	"accuracy" double precision,
	"error" jsonb,
	"notes" text,
	"tags" text[] NOT NULL,
	"archived" boolean DEFAULT false NOT NULL,
	"metric_names" text[] DEFAULT '{}' NOT NULL,
	"points" bigint DEFAULT 0 NOT NULL,
	"first_step" bigint,
	"last_step" bigint,
	"last_sequence" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "runs_id_unique" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "training"."events" ADD CONSTRAINT "events_run_runs_number_fk" FOREIGN KEY ("run") REFERENCES "training"."runs"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training"."journals" ADD CONSTRAINT "journals_run_runs_number_fk" FOREIGN KEY ("run") REFERENCES "training"."runs"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "events_point" ON "training"."events" USING btree ("run","step") WHERE kind = 'metric';--> statement-breakpoint
CREATE INDEX "events_kind" ON "training"."events" USING btree ("run","kind","sequence") WHERE kind <> 'metric';--> statement-breakpoint
CREATE UNIQUE INDEX "runs_idempotency" ON "training"."runs" USING btree ("user","idempotency_key");--> statement-breakpoint
CREATE INDEX "runs_experiment" ON "training"."runs" USING btree ("experiment","number");--> statement-breakpoint
CREATE INDEX "runs_state" ON "training"."runs" USING btree ("state","priority" DESC NULLS LAST,"number");