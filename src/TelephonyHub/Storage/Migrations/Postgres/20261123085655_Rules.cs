using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TelephonyHub.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Rules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "missed_series",
                table: "calls",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rule_id",
                table: "calls",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "rule_version",
                table: "calls",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "unmapped_employee",
                table: "calls",
                type: "text",
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "ix_calls_missed_series",
                table: "calls",
                column: "missed_series");

            migrationBuilder.CreateIndex(
                name: "ix_calls_unmapped",
                table: "calls",
                column: "started_at",
                filter: "unmapped_employee IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_missed_calls_client_phone_first_missed_at",
                table: "missed_calls",
                columns: new[] { "client_phone", "first_missed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_missed_calls_first_missed_at_cabinet_session_id",
                table: "missed_calls",
                columns: new[] { "first_missed_at", "cabinet", "session_id" });

            migrationBuilder.CreateIndex(
                name: "ix_missed_calls_open",
                table: "missed_calls",
                column: "first_missed_at",
                filter: "state = 'open'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "missed_calls");

            migrationBuilder.DropTable(
                name: "rule_versions");

            migrationBuilder.DropIndex(
                name: "ix_calls_missed_series",
                table: "calls");

            migrationBuilder.DropIndex(
                name: "ix_calls_unmapped",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "missed_series",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "rule_id",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "rule_version",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "unmapped_employee",
                table: "calls");
        }
    }
}
