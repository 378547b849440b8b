CREATE SCHEMA "registry";
--> statement-breakpoint
CREATE TABLE "registry"."alias_moves" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"owner" text collate "C" NOT NULL,
	"model" text collate "C" NOT NULL,
	"alias" text collate "C" NOT NULL,
	"from_version_id" text,
	"to_version_id" text,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "registry"."blob_references" (
	"digest" text NOT NULL,
	"draft_id" text,
	"version_id" text,
	"composition_id" text,
	CONSTRAINT "one_holder" CHECK (num_nonnulls("registry"."blob_references"."draft_id", "registry"."blob_references"."version_id", "registry"."blob_references"."composition_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "registry"."clocks" (
	"name" text PRIMARY KEY NOT NULL,
	"value" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registry"."compositions" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"version_id" text NOT NULL,
	"parent_digest" text NOT NULL,
	"rates_digest" text NOT NULL,
	"classes" integer[] NOT NULL,
	"tau" double precision NOT NULL,
	"parameters" bigint NOT NULL,
	"flops" bigint NOT NULL,
	"weights_bytes" bigint NOT NULL,
	"digest" text,
	"package" json,
	"signature" json,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "compositions_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "registry"."drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"model" text NOT NULL,
	"version" text NOT NULL,
	"digest" text NOT NULL,
	"package" json NOT NULL,
	"signature" json,
	"description" text,
	"run_id" text,
	"by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registry"."lineage_edges" (
	"from_digest" text NOT NULL,
	"to_digest" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "lineage_edges_from_digest_to_digest_role_pk" PRIMARY KEY("from_digest","to_digest","role")
);
--> statement-breakpoint
CREATE TABLE "registry"."modules" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"publication" bigint NOT NULL,
	"owner" text collate "C" NOT NULL,
	"model" text collate "C" NOT NULL,
	"dataset_key" text,
	"architecture_key" text NOT NULL,
	"license_key" text NOT NULL,
	"input_height" integer NOT NULL,
	"input_width" integer NOT NULL,
	"input_channels" integer NOT NULL,
	"state" text NOT NULL,
	"newest_from" bigint,
	"newest_until" bigint,
	"newest_usable_from" bigint,
	"newest_usable_until" bigint,
	"class_index" integer NOT NULL,
	"class_name" text NOT NULL,
	"source_label" integer NOT NULL,
	"parameters" bigint NOT NULL,
	"share" double precision NOT NULL,
	"flops" bigint NOT NULL,
	"flops_share" double precision NOT NULL,
	"bytes" bigint NOT NULL,
	"accuracy" double precision,
	"class_words" "tsvector" NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registry"."state_changes" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"state" text NOT NULL,
	"message" text,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registry"."uses" (
	"number" bigint PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"composition_id" text,
	"client" text NOT NULL,
	"day" date NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registry"."versions" (
	"number" bigint PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"owner" text collate "C" NOT NULL,
	"model" text collate "C" NOT NULL,
	"dataset_key" text,
	"architecture_key" text NOT NULL,
	"license_key" text NOT NULL,
	"input_height" integer NOT NULL,
	"input_width" integer NOT NULL,
	"input_channels" integer NOT NULL,
	"state" text NOT NULL,
	"newest_from" bigint,
	"newest_until" bigint,
	"newest_usable_from" bigint,
	"newest_usable_until" bigint,
	"draft_id" text NOT NULL,
	"version" text NOT NULL,
	"version_key" text collate "C" NOT NULL,
	"prerelease" boolean NOT NULL,
	"digest" text NOT NULL,
	"package" json NOT NULL,
	"signature" json,
	"state_message" text,
	"description" text,
	"run_id" text,
	"published_by" text NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	"manifest" json NOT NULL,
	"architecture" text NOT NULL,
	"dataset" text,
	"license" text NOT NULL,
	"parameters" bigint NOT NULL,
	"flops" bigint NOT NULL,
	"weights_bytes" bigint NOT NULL,
	"weights_digest" text NOT NULL,
	"rates_digest" text,
	"tau" double precision NOT NULL,
	"accuracy" double precision,
	"uses" bigint DEFAULT 0 NOT NULL,
	"class_words" "tsvector" NOT NULL,
	"class_keys" text[] NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "versions_id_unique" UNIQUE("id"),
	CONSTRAINT "versions_draftId_unique" UNIQUE("draft_id")
);
--> statement-breakpoint
ALTER TABLE "registry"."alias_moves" ADD CONSTRAINT "alias_moves_from_version_id_versions_id_fk" FOREIGN KEY ("from_version_id") REFERENCES "registry"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry"."alias_moves" ADD CONSTRAINT "alias_moves_to_version_id_versions_id_fk" FOREIGN KEY ("to_version_id") REFERENCES "registry"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry"."blob_references" ADD CONSTRAINT "blob_references_draft_id_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "registry"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry"."blob_references" ADD CONSTRAINT "blob_references_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "registry"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry"."blob_references" ADD CONSTRAINT "blob_references_composition_id_compositions_id_fk" FOREIGN KEY ("composition_id") REFERENCES "registry"."compositions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry"."compositions" ADD CONSTRAINT "compositions_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "registry"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry"."modules" ADD CONSTRAINT "modules_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "registry"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry"."state_changes" ADD CONSTRAINT "state_changes_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "registry"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry"."uses" ADD CONSTRAINT "uses_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "registry"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alias_moves_alias" ON "registry"."alias_moves" USING btree ("owner","model","alias","number");--> statement-breakpoint
CREATE INDEX "blob_references_digest" ON "registry"."blob_references" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "blob_references_draft" ON "registry"."blob_references" USING btree ("draft_id");--> statement-breakpoint
CREATE INDEX "compositions_version" ON "registry"."compositions" USING btree ("version_id","number");--> statement-breakpoint
CREATE INDEX "compositions_digest" ON "registry"."compositions" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "drafts_expiry" ON "registry"."drafts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "lineage_edges_to" ON "registry"."lineage_edges" USING btree ("to_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "modules_class" ON "registry"."modules" USING btree ("version_id","class_index");--> statement-breakpoint
CREATE INDEX "modules_publication" ON "registry"."modules" USING btree ("publication");--> statement-breakpoint
CREATE INDEX "modules_smallest" ON "registry"."modules" USING btree ("bytes","number");--> statement-breakpoint
CREATE INDEX "modules_fastest" ON "registry"."modules" USING btree ("flops","number");--> statement-breakpoint
CREATE INDEX "modules_most_accurate" ON "registry"."modules" USING btree (coalesce("accuracy", -1),"number");--> statement-breakpoint
CREATE INDEX "modules_class_words" ON "registry"."modules" USING gin ("class_words") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "modules_words" ON "registry"."modules" USING gin ("words") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "state_changes_version" ON "registry"."state_changes" USING btree ("version_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "uses_once" ON "registry"."uses" USING btree ("version_id","client","day");--> statement-breakpoint
CREATE INDEX "uses_at" ON "registry"."uses" USING btree ("version_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "versions_name" ON "registry"."versions" USING btree ("owner","model","version");--> statement-breakpoint
CREATE INDEX "versions_order" ON "registry"."versions" USING btree ("owner","model","version_key","number");--> statement-breakpoint
CREATE INDEX "versions_digest" ON "registry"."versions" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "versions_class_words" ON "registry"."versions" USING gin ("class_words") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "versions_words" ON "registry"."versions" USING gin ("words") WITH (fastupdate=false);