CREATE TABLE "training"."audit" (
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
--> statement-breakpoint
CREATE TABLE "training"."tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"secret_digest" text NOT NULL,
	"user" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "tokens_user" ON "training"."tokens" USING btree ("user","created_at");