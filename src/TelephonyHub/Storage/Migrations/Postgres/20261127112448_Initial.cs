using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace TelephonyHub.Storage.Migrations.Postgres
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
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    cause = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "text", nullable: true),
                    first_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_by = table.Column<string>(type: "text", nullable: true),
                    told = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alerts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    hint = table.Column<string>(type: "text", nullable: false),
                    roles = table.Column<string>(type: "text", nullable: false),
                    cabinets = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_by = table.Column<string>(type: "text", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "backfills",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cabinet = table.Column<string>(type: "text", nullable: true),
                    from_date = table.Column<DateOnly>(type: "date", nullable: false),
                    to_date = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    asked_by = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backfills", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cabinets",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    account_time_zone = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cabinets", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "call_people",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<long>(type: "bigint", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_call_people", x => new { x.cabinet, x.session_id, x.contact_id });
                });

            migrationBuilder.CreateTable(
                name: "calls",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<long>(type: "bigint", nullable: false),
                    conversation_id = table.Column<string>(type: "text", nullable: false),
                    parent_cabinet = table.Column<string>(type: "text", nullable: true),
                    parent_session_id = table.Column<long>(type: "bigint", nullable: true),
                    possibly_same_as = table.Column<string>(type: "text", nullable: true),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    direction = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    ended = table.Column<bool>(type: "boolean", nullable: false),
                    answered = table.Column<bool>(type: "boolean", nullable: false),
                    client_phone = table.Column<string>(type: "text", nullable: true),
                    client_phone_unparsed = table.Column<bool>(type: "boolean", nullable: false),
                    dialled_number = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    wait_seconds = table.Column<int>(type: "integer", nullable: true),
                    talk_seconds = table.Column<int>(type: "integer", nullable: true),
                    total_seconds = table.Column<int>(type: "integer", nullable: true),
                    owner = table.Column<string>(type: "text", nullable: true),
                    owner_contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    talked_contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    crm_call_id = table.Column<Guid>(type: "uuid", nullable: true),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    plan_reason = table.Column<string>(type: "text", nullable: true),
                    rule_id = table.Column<string>(type: "text", nullable: true),
                    rule_version = table.Column<int>(type: "integer", nullable: true),
                    missed_series = table.Column<string>(type: "text", nullable: true),
                    unmapped_employee = table.Column<string>(type: "text", nullable: true),
                    planned_client = table.Column<string>(type: "text", nullable: true),
                    crm_expected = table.Column<bool>(type: "boolean", nullable: false),
                    not_expected_reason = table.Column<string>(type: "text", nullable: true),
                    data = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calls", x => new { x.cabinet, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "cards",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<long>(type: "bigint", nullable: false),
                    recipient = table.Column<Guid>(type: "uuid", nullable: false),
                    @event = table.Column<string>(name: "event", type: "text", nullable: false),
                    seq = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivery_ms = table.Column<int>(type: "integer", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    reminding_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cards", x => new { x.cabinet, x.session_id, x.recipient, x.@event });
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    call_id = table.Column<long>(type: "bigint", nullable: true),
                    caller = table.Column<string>(type: "text", nullable: true),
                    dialled = table.Column<string>(type: "text", nullable: true),
                    digit = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    elapsed_ms = table.Column<int>(type: "integer", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    explanation = table.Column<string>(type: "text", nullable: false),
                    predicted_contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    predicted_name = table.Column<string>(type: "text", nullable: true),
                    predicted_phone = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    session_id = table.Column<long>(type: "bigint", nullable: true),
                    answered_contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_by = table.Column<string>(type: "text", nullable: true),
                    wait_seconds = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_numbers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_primary = table.Column<bool>(type: "boolean", nullable: false),
                    non_actual = table.Column<bool>(type: "boolean", nullable: false),
                    found_by_search = table.Column<bool>(type: "boolean", nullable: false),
                    modified_on = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    deleted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_numbers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_contact = table.Column<bool>(type: "boolean", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    related_id = table.Column<Guid>(type: "uuid", nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    type_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<long>(type: "bigint", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content_key = table.Column<string>(type: "text", nullable: false),
                    facts = table.Column<string>(type: "text", nullable: true),
                    method = table.Column<string>(type: "text", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    query = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "handovers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_cabinet = table.Column<string>(type: "text", nullable: false),
                    from_session = table.Column<long>(type: "bigint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    leg_id = table.Column<long>(type: "bigint", nullable: true),
                    to_number = table.Column<string>(type: "text", nullable: false),
                    to_cabinet = table.Column<string>(type: "text", nullable: true),
                    shown = table.Column<string>(type: "text", nullable: true),
                    client_phone = table.Column<string>(type: "text", nullable: true),
                    from_number = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    manager_contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    manager_name = table.Column<string>(type: "text", nullable: true),
                    mode = table.Column<string>(type: "text", nullable: true),
                    requested_by = table.Column<string>(type: "text", nullable: true),
                    joined_cabinet = table.Column<string>(type: "text", nullable: true),
                    joined_session = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_handovers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    scope = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    request_hash = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency", x => new { x.scope, x.key });
                });

            migrationBuilder.CreateTable(
                name: "lanes",
                columns: table => new
                {
                    lane = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lanes", x => x.lane);
                });

            migrationBuilder.CreateTable(
                name: "missed_calls",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<long>(type: "bigint", nullable: false),
                    client_phone = table.Column<string>(type: "text", nullable: true),
                    client_name = table.Column<string>(type: "text", nullable: true),
                    first_missed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_missed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: true),
                    owner_contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reached_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reached_cabinet = table.Column<string>(type: "text", nullable: true),
                    reached_session_id = table.Column<long>(type: "bigint", nullable: true),
                    reached_by = table.Column<string>(type: "text", nullable: true),
                    seconds_to_call_back = table.Column<int>(type: "integer", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_missed_calls", x => new { x.cabinet, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "protection_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_protection_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "quarantine",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content_key = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    query = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    replayed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quarantine", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reconciliation",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    pbx = table.Column<int>(type: "integer", nullable: false),
                    journal = table.Column<int>(type: "integer", nullable: false),
                    crm_expected = table.Column<int>(type: "integer", nullable: false),
                    crm = table.Column<int>(type: "integer", nullable: false),
                    differences = table.Column<string>(type: "text", nullable: false),
                    compared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    different_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliation", x => new { x.cabinet, x.date });
                });

            migrationBuilder.CreateTable(
                name: "recordings",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    source_link = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    seconds = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    archive_state = table.Column<string>(type: "text", nullable: true),
                    archive_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    archive_attempts = table.Column<int>(type: "integer", nullable: false),
                    archive_category = table.Column<string>(type: "text", nullable: true),
                    archive_error = table.Column<string>(type: "text", nullable: true),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    bytes = table.Column<long>(type: "bigint", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recordings", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "rule_versions",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    rules = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false),
                    change = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rule_versions", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<long>(type: "bigint", nullable: false),
                    dirty_version = table.Column<long>(type: "bigint", nullable: false),
                    folded_version = table.Column<long>(type: "bigint", nullable: false),
                    plan_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    planned = table.Column<bool>(type: "boolean", nullable: false),
                    fold_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => new { x.cabinet, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "snapshots",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snapshots", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "staffing",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    data = table.Column<string>(type: "text", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staffing", x => new { x.kind, x.key });
                });

            migrationBuilder.CreateTable(
                name: "sync_tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cabinet = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    lane = table.Column<string>(type: "text", nullable: false),
                    wanted = table.Column<string>(type: "text", nullable: false),
                    written = table.Column<string>(type: "text", nullable: true),
                    crm_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    failing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease_owner = table.Column<string>(type: "text", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    category = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sync_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    full_name = table.Column<string>(type: "text", nullable: true),
                    roles = table.Column<string>(type: "text", nullable: false),
                    cabinets = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_settings = table.Column<bool>(type: "boolean", nullable: false),
                    locked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_sign_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    user_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
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
