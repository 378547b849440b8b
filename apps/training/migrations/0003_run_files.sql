CREATE TABLE "training"."run_files" (
	"run" bigint NOT NULL,
	"name" text collate "C" NOT NULL,
	"start_byte" bigint NOT NULL,
	"size_bytes" bigint NOT NULL,
	"digest" text NOT NULL,
	"is_whole" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "run_files_run_name_start_byte_pk" PRIMARY KEY("run","name","start_byte")
);
--> statement-breakpoint
ALTER TABLE "training"."run_files" ADD CONSTRAINT "run_files_run_runs_number_fk" FOREIGN KEY ("run") REFERENCES "training"."runs"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_files_digest" ON "training"."run_files" USING btree ("digest");