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
                name: "alerts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    cause = table.Column<string>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    details = table.Column<string>(type: "TEXT", nullable: true),
                    first_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    acknowledged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    acknowledged_by = table.Column<string>(type: "TEXT", nullable: true),
                    told = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alerts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    hint = table.Column<string>(type: "TEXT", nullable: false),
                    roles = table.Column<string>(type: "TEXT", nullable: false),
                    cabinets = table.Column<string>(type: "TEXT", nullable: false),
                    contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_by = table.Column<string>(type: "TEXT", nullable: true),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                });

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
                name: "backfills",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    cabinet = table.Column<string>(type: "TEXT", nullable: true),
                    from_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    total = table.Column<int>(type: "INTEGER", nullable: false),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    asked_by = table.Column<string>(type: "TEXT", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backfills", x => x.id);
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
                name: "call_people",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: false),
                    contact_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_call_people", x => new { x.cabinet, x.session_id, x.contact_id });
                });

            migrationBuilder.CreateTable(
                name: "calls",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<string>(type: "TEXT", nullable: false),
                    parent_cabinet = table.Column<string>(type: "TEXT", nullable: true),
                    parent_session_id = table.Column<long>(type: "INTEGER", nullable: true),
                    possibly_same_as = table.Column<string>(type: "TEXT", nullable: true),
                    first_seen_at = table.Column<long>(type: "INTEGER", nullable: false),
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
                    rule_id = table.Column<string>(type: "TEXT", nullable: true),
                    rule_version = table.Column<int>(type: "INTEGER", nullable: true),
                    missed_series = table.Column<string>(type: "TEXT", nullable: true),
                    unmapped_employee = table.Column<string>(type: "TEXT", nullable: true),
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
                    delivery_ms = table.Column<int>(type: "INTEGER", nullable: true),
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
                    explanation = table.Column<string>(type: "TEXT", nullable: false),
                    predicted_contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    predicted_name = table.Column<string>(type: "TEXT", nullable: true),
                    predicted_phone = table.Column<string>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    session_id = table.Column<long>(type: "INTEGER", nullable: true),
                    answered_contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    answered_by = table.Column<string>(type: "TEXT", nullable: true),
                    wait_seconds = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_numbers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    record_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_primary = table.Column<bool>(type: "INTEGER", nullable: false),
                    non_actual = table.Column<bool>(type: "INTEGER", nullable: false),
                    found_by_search = table.Column<bool>(type: "INTEGER", nullable: false),
                    modified_on = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    deleted = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_numbers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_contact = table.Column<bool>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    related_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    type_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_records", x => x.id);
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
                name: "handovers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    from_cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    from_session = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    leg_id = table.Column<long>(type: "INTEGER", nullable: true),
                    to_number = table.Column<string>(type: "TEXT", nullable: false),
                    to_cabinet = table.Column<string>(type: "TEXT", nullable: true),
                    shown = table.Column<string>(type: "TEXT", nullable: true),
                    client_phone = table.Column<string>(type: "TEXT", nullable: true),
                    from_number = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: true),
                    manager_contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    manager_name = table.Column<string>(type: "TEXT", nullable: true),
                    mode = table.Column<string>(type: "TEXT", nullable: true),
                    requested_by = table.Column<string>(type: "TEXT", nullable: true),
                    joined_cabinet = table.Column<string>(type: "TEXT", nullable: true),
                    joined_session = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_handovers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    scope = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    request_hash = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    answer = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency", x => new { x.scope, x.key });
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
                name: "missed_calls",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<long>(type: "INTEGER", nullable: false),
                    client_phone = table.Column<string>(type: "TEXT", nullable: true),
                    client_name = table.Column<string>(type: "TEXT", nullable: true),
                    first_missed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_missed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: true),
                    owner_contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reached_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reached_cabinet = table.Column<string>(type: "TEXT", nullable: true),
                    reached_session_id = table.Column<long>(type: "INTEGER", nullable: true),
                    reached_by = table.Column<string>(type: "TEXT", nullable: true),
                    seconds_to_call_back = table.Column<int>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_missed_calls", x => new { x.cabinet, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "protection_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_protection_keys", x => x.name);
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
                    compared_at = table.Column<long>(type: "INTEGER", nullable: false),
                    different_since = table.Column<long>(type: "INTEGER", nullable: true)
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
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    archive_state = table.Column<string>(type: "TEXT", nullable: true),
                    archive_due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    archive_attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    archive_category = table.Column<string>(type: "TEXT", nullable: true),
                    archive_error = table.Column<string>(type: "TEXT", nullable: true),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    bytes = table.Column<long>(type: "INTEGER", nullable: true),
                    content_type = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recordings", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "rule_versions",
                columns: table => new
                {
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    rules = table.Column<string>(type: "TEXT", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: false),
                    change = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rule_versions", x => x.version);
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
                name: "staffing",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staffing", x => new { x.kind, x.key });
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
                    claims = table.Column<int>(type: "INTEGER", nullable: false),
                    failing_since = table.Column<long>(type: "INTEGER", nullable: true),
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

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    full_name = table.Column<string>(type: "TEXT", nullable: true),
                    roles = table.Column<string>(type: "TEXT", nullable: false),
                    cabinets = table.Column<string>(type: "TEXT", nullable: false),
                    contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    from_settings = table.Column<bool>(type: "INTEGER", nullable: false),
                    locked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_sign_in_at = table.Column<long>(type: "INTEGER", nullable: true),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    lockout_end = table.Column<long>(type: "INTEGER", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_alerts_cause",
                table: "alerts",
                column: "cause",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_alerts_first_at",
                table: "alerts",
                column: "first_at");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_hash",
                table: "api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_at",
                table: "audit",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_backfills_running",
                table: "backfills",
                column: "asked_at",
                filter: "state = 'running'");

            migrationBuilder.CreateIndex(
                name: "ix_call_people_contact_id",
                table: "call_people",
                column: "contact_id");

            migrationBuilder.CreateIndex(
                name: "ix_calls_cabinet_started_at_session_id",
                table: "calls",
                columns: new[] { "cabinet", "started_at", "session_id" });

            migrationBuilder.CreateIndex(
                name: "ix_calls_client_phone_started_at",
                table: "calls",
                columns: new[] { "client_phone", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_calls_conversation_id",
                table: "calls",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "ix_calls_dialled_number_started_at",
                table: "calls",
                columns: new[] { "dialled_number", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_calls_live",
                table: "calls",
                column: "ended",
                filter: "NOT ended");

            migrationBuilder.CreateIndex(
                name: "ix_calls_missed_series",
                table: "calls",
                column: "missed_series");

            migrationBuilder.CreateIndex(
                name: "ix_calls_session_id",
                table: "calls",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_calls_started_at_cabinet_session_id",
                table: "calls",
                columns: new[] { "started_at", "cabinet", "session_id" },
                descending: new[] { true, false, false });

            migrationBuilder.CreateIndex(
                name: "ix_calls_unmapped",
                table: "calls",
                column: "started_at",
                filter: "unmapped_employee IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_cabinet_call_id",
                table: "decisions",
                columns: new[] { "cabinet", "call_id" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_cabinet_caller_decided_at",
                table: "decisions",
                columns: new[] { "cabinet", "caller", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_decided_at",
                table: "decisions",
                column: "decided_at");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_open",
                table: "decisions",
                column: "decided_at",
                filter: "outcome IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_directory_numbers_version",
                table: "directory_numbers",
                column: "version");

            migrationBuilder.CreateIndex(
                name: "ix_directory_records_version",
                table: "directory_records",
                column: "version");

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
                name: "ix_handovers_from_cabinet_from_session",
                table: "handovers",
                columns: new[] { "from_cabinet", "from_session" });

            migrationBuilder.CreateIndex(
                name: "ix_handovers_seen_at",
                table: "handovers",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_handovers_to_number_at",
                table: "handovers",
                columns: new[] { "to_number", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_missed_calls_client_phone_first_missed_at",
                table: "missed_calls",
                columns: new[] { "client_phone", "first_missed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_missed_calls_first_missed_at_cabinet_session_id",
                table: "missed_calls",
                columns: new[] { "first_missed_at", "cabinet", "session_id" },
                descending: new[] { true, false, false });

            migrationBuilder.CreateIndex(
                name: "ix_missed_calls_open",
                table: "missed_calls",
                column: "first_missed_at",
                filter: "state = 'open'");

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
                name: "ix_recordings_created_at_code",
                table: "recordings",
                columns: new[] { "created_at", "code" });

            migrationBuilder.CreateIndex(
                name: "ix_recordings_unarchived",
                table: "recordings",
                column: "archive_due_at",
                filter: "archive_state IS NULL");

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
                name: "ix_staffing_version",
                table: "staffing",
                column: "version",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_cabinet_session_id_kind_purpose",
                table: "sync_tasks",
                columns: new[] { "cabinet", "session_id", "kind", "purpose" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_due",
                table: "sync_tasks",
                columns: new[] { "cabinet", "next_attempt_at" },
                filter: "state IN ('pending','retry','running')");

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_lane_kind",
                table: "sync_tasks",
                columns: new[] { "lane", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_state_updated_at",
                table: "sync_tasks",
                columns: new[] { "state", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_user_name",
                table: "users",
                column: "normalized_user_name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alerts");

            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "backfills");

            migrationBuilder.DropTable(
                name: "cabinets");

            migrationBuilder.DropTable(
                name: "call_people");

            migrationBuilder.DropTable(
                name: "calls");

            migrationBuilder.DropTable(
                name: "cards");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "directory_numbers");

            migrationBuilder.DropTable(
                name: "directory_records");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "handovers");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "lanes");

            migrationBuilder.DropTable(
                name: "missed_calls");

            migrationBuilder.DropTable(
                name: "protection_keys");

            migrationBuilder.DropTable(
                name: "quarantine");

            migrationBuilder.DropTable(
                name: "reconciliation");

            migrationBuilder.DropTable(
                name: "recordings");

            migrationBuilder.DropTable(
                name: "rule_versions");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "snapshots");

            migrationBuilder.DropTable(
                name: "staffing");

            migrationBuilder.DropTable(
                name: "sync_tasks");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
