CREATE TABLE "registry"."audit" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"user" text NOT NULL,
	"role" text,
	"kind" text NOT NULL,
	"mutation" text NOT NULL,
	"arguments" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"trace_id" text NOT NULL
);
