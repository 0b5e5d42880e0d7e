using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TelephonyHub.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Conversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "first_seen_at",
                table: "calls",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "parent_cabinet",
                table: "calls",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "parent_session_id",
                table: "calls",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "possibly_same_as",
                table: "calls",
                type: "TEXT",
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "ix_calls_conversation_id",
                table: "calls",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "ix_calls_dialled_number_started_at",
                table: "calls",
                columns: new[] { "dialled_number", "started_at" });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "handovers");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropIndex(
                name: "ix_calls_conversation_id",
                table: "calls");

            migrationBuilder.DropIndex(
                name: "ix_calls_dialled_number_started_at",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "first_seen_at",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "parent_cabinet",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "parent_session_id",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "possibly_same_as",
                table: "calls");
        }
    }
}
