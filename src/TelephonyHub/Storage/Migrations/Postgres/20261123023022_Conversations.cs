using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TelephonyHub.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Conversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "first_seen_at",
                table: "calls",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "parent_cabinet",
                table: "calls",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "parent_session_id",
                table: "calls",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "possibly_same_as",
                table: "calls",
                type: "text",
                nullable: true);

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
