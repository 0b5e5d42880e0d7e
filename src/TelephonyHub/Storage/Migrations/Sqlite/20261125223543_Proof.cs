using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TelephonyHub.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Proof : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sync_tasks_due",
                table: "sync_tasks");

            migrationBuilder.AddColumn<long>(
                name: "different_since",
                table: "reconciliation",
                type: "INTEGER",
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_due",
                table: "sync_tasks",
                columns: new[] { "cabinet", "next_attempt_at" },
                filter: "state IN ('pending','retry','running')");

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
                name: "ix_backfills_running",
                table: "backfills",
                column: "asked_at",
                filter: "state = 'running'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alerts");

            migrationBuilder.DropTable(
                name: "backfills");

            migrationBuilder.DropIndex(
                name: "ix_sync_tasks_due",
                table: "sync_tasks");

            migrationBuilder.DropColumn(
                name: "different_since",
                table: "reconciliation");

            migrationBuilder.CreateIndex(
                name: "ix_sync_tasks_due",
                table: "sync_tasks",
                column: "next_attempt_at",
                filter: "state IN ('pending','retry','running')");
        }
    }
}
