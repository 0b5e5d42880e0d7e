using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TelephonyHub.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RecordingArchive : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "archive_attempts",
                table: "recordings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "archive_category",
                table: "recordings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "archive_due_at",
                table: "recordings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "archive_error",
                table: "recordings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "archive_state",
                table: "recordings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "archived_at",
                table: "recordings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "bytes",
                table: "recordings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "content_type",
                table: "recordings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_recordings_created_at_code",
                table: "recordings",
                columns: new[] { "created_at", "code" });

            migrationBuilder.CreateIndex(
                name: "ix_recordings_unarchived",
                table: "recordings",
                column: "archive_due_at",
                filter: "archive_state IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_recordings_created_at_code",
                table: "recordings");

            migrationBuilder.DropIndex(
                name: "ix_recordings_unarchived",
                table: "recordings");

            migrationBuilder.DropColumn(
                name: "archive_attempts",
                table: "recordings");

            migrationBuilder.DropColumn(
                name: "archive_category",
                table: "recordings");

            migrationBuilder.DropColumn(
                name: "archive_due_at",
                table: "recordings");

            migrationBuilder.DropColumn(
                name: "archive_error",
                table: "recordings");

            migrationBuilder.DropColumn(
                name: "archive_state",
                table: "recordings");

            migrationBuilder.DropColumn(
                name: "archived_at",
                table: "recordings");

            migrationBuilder.DropColumn(
                name: "bytes",
                table: "recordings");

            migrationBuilder.DropColumn(
                name: "content_type",
                table: "recordings");
        }
    }
}
