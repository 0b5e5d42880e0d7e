using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TelephonyHub.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Routing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "answered_by",
                table: "decisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "answered_contact_id",
                table: "decisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "outcome",
                table: "decisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "predicted_contact_id",
                table: "decisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "predicted_name",
                table: "decisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "predicted_phone",
                table: "decisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "session_id",
                table: "decisions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "wait_seconds",
                table: "decisions",
                type: "integer",
                nullable: true);

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
                name: "ix_staffing_version",
                table: "staffing",
                column: "version",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "staffing");

            migrationBuilder.DropIndex(
                name: "ix_decisions_decided_at",
                table: "decisions");

            migrationBuilder.DropIndex(
                name: "ix_decisions_open",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "answered_by",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "answered_contact_id",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "outcome",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "predicted_contact_id",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "predicted_name",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "predicted_phone",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "session_id",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "wait_seconds",
                table: "decisions");
        }
    }
}
