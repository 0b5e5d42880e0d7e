using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TelephonyHub.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    who = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    details = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cabinets",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    app_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cabinets", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "calls",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<string>(type: "TEXT", nullable: false),
                    direction = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    ended = table.Column<bool>(type: "INTEGER", nullable: false),
                    answered = table.Column<bool>(type: "INTEGER", nullable: false),
                    client_phone = table.Column<string>(type: "TEXT", nullable: true),
                    client_phone_unparsed = table.Column<bool>(type: "INTEGER", nullable: false),
                    dialled_number = table.Column<string>(type: "TEXT", nullable: true),
                    region = table.Column<string>(type: "TEXT", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    wait_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    talk_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    total_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    owner = table.Column<string>(type: "TEXT", nullable: true),
                    owner_contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    talked_contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    crm_call_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    deal_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    activity_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    plan_reason = table.Column<string>(type: "TEXT", nullable: true),
                    planned_client = table.Column<string>(type: "TEXT", nullable: true),
                    crm_expected = table.Column<bool>(type: "INTEGER", nullable: false),
                    not_expected_reason = table.Column<string>(type: "TEXT", nullable: true),
                    data = table.Column<string>(type: "TEXT", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calls", x => new { x.cabinet, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "cards",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: false),
                    recipient = table.Column<Guid>(type: "TEXT", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", nullable: false),
                    seq = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    delivered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    reminding_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cards", x => new { x.cabinet, x.session_id, x.recipient, x.@event });
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    call_id = table.Column<long>(type: "INTEGER", nullable: true),
                    caller = table.Column<string>(type: "TEXT", nullable: true),
                    dialled = table.Column<string>(type: "TEXT", nullable: true),
                    digit = table.Column<string>(type: "TEXT", nullable: true),
                    region = table.Column<string>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: false),
                    elapsed_ms = table.Column<int>(type: "INTEGER", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false),
                    explanation = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    occurred_at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    content_key = table.Column<string>(type: "TEXT", nullable: false),
                    facts = table.Column<string>(type: "TEXT", nullable: true),
                    method = table.Column<string>(type: "TEXT", nullable: true),
                    content_type = table.Column<string>(type: "TEXT", nullable: true),
                    query = table.Column<string>(type: "TEXT", nullable: true),
                    body = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lanes",
                columns: table => new
                {
                    lane = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lanes", x => x.lane);
                });

            migrationBuilder.CreateTable(
                name: "quarantine",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    content_key = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: true),
                    query = table.Column<string>(type: "TEXT", nullable: true),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    replayed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quarantine", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reconciliation",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    pbx = table.Column<int>(type: "INTEGER", nullable: false),
                    journal = table.Column<int>(type: "INTEGER", nullable: false),
                    crm_expected = table.Column<int>(type: "INTEGER", nullable: false),
                    crm = table.Column<int>(type: "INTEGER", nullable: false),
                    differences = table.Column<string>(type: "TEXT", nullable: false),
                    compared_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation", x => new { x.cabinet, x.date });
                });

            migrationBuilder.CreateTable(
                name: "recordings",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    source_link = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recordings", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: false),
                    dirty_version = table.Column<long>(type: "INTEGER", nullable: false),
                    folded_version = table.Column<long>(type: "INTEGER", nullable: false),
                    plan_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    planned = table.Column<bool>(type: "INTEGER", nullable: false),
                    fold_error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => new { x.cabinet, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "snapshots",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false),
                    taken_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snapshots", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "sync_tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    rank = table.Column<int>(type: "INTEGER", nullable: false),
                    lane = table.Column<string>(type: "TEXT", nullable: false),
                    wanted = table.Column<string>(type: "TEXT", nullable: false),
                    written = table.Column<string>(type: "TEXT", nullable: true),
                    crm_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    category = table.Column<string>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sync_tasks", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_calls_client_phone_started_at",
                table: "calls",
                columns: new[] { "client_phone", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_calls_live",
                table: "calls",
                column: "ended",
                filter: "NOT ended");

            migrationBuilder.CreateIndex(
                name: "ix_calls_started_at_cabinet_session_id",
                table: "calls",
                columns: new[] { "started_at", "cabinet", "session_id" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_cabinet_call_id",
                table: "decisions",
                columns: new[] { "cabinet", "call_id" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_cabinet_caller_decided_at",
                table: "decisions",
                columns: new[] { "cabinet", "caller", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "ix_events_cabinet_content_key",
                table: "events",
                columns: new[] { "cabinet", "content_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_events_cabinet_session_id",
                table: "events",
                columns: new[] { "cabinet", "session_id" });

            migrationBuilder.CreateIndex(
                name: "ix_quarantine_cabinet_content_key",
                table: "quarantine",
                columns: new[] { "cabinet", "content_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_recordings_cabinet_session_id_hash",
                table: "recordings",
                columns: new[] { "cabinet", "session_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_dirty",
                table: "sessions",
                columns: new[] { "cabinet", "session_id" },
                filter: "dirty_version > folded_version");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_plan_due_at",
                table: "sessions",
                column: "plan_due_at");

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_cabinet_session_id_kind_purpose",
                table: "sync_tasks",
                columns: new[] { "cabinet", "session_id", "kind", "purpose" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_due",
                table: "sync_tasks",
                column: "next_attempt_at",
                filter: "state IN ('pending','retry','running')");

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_lane_kind",
                table: "sync_tasks",
                columns: new[] { "lane", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_state_updated_at",
                table: "sync_tasks",
                columns: new[] { "state", "updated_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "cabinets");

            migrationBuilder.DropTable(
                name: "calls");

            migrationBuilder.DropTable(
                name: "cards");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "lanes");

            migrationBuilder.DropTable(
                name: "quarantine");

            migrationBuilder.DropTable(
                name: "reconciliation");

            migrationBuilder.DropTable(
                name: "recordings");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "snapshots");

            migrationBuilder.DropTable(
                name: "sync_tasks");
        }
    }
}
