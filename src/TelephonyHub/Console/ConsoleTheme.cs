using MudBlazor;

namespace TelephonyHub.Console;

/// <summary>Colours and type of the console. Fonts are those of the system: there may be no internet. Every pair of text and ground has a contrast of 4.5 at least.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Ubuntu", "Liberation Sans", "DejaVu Sans", "sans-serif"];

    public static readonly MudTheme Hub = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5cad",
            Secondary = "#4a5b6c",
            Background = "#f5f6f8",
            BackgroundGray = "#eceff3",
            Surface = "#ffffff",
            DrawerBackground = "#ffffff",
            DrawerText = "#33414f",
            DrawerIcon = "#4a5b6c",
            AppbarBackground = "#ffffff",
            AppbarText = "#1c2733",
            TextPrimary = "#1c2733",
            TextSecondary = "#52606d",
            ActionDefault = "#4a5b6c",
            LinesDefault = "#dde3ea",
            LinesInputs = "#7b8896",
            TableLines = "#e6eaef",
            Divider = "#dde3ea",
            Success = "#17703b",
            Warning = "#8a5000",
            Error = "#b3261e",
            Info = "#0b5cad",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7ab8f5",
            PrimaryContrastText = "#0c1117",
            Secondary = "#a9b8c6",
            Background = "#0f141a",
            BackgroundGray = "#171e26",
            Surface = "#182029",
            DrawerBackground = "#131a21",
            DrawerText = "#cfd8e1",
            DrawerIcon = "#a9b8c6",
            AppbarBackground = "#131a21",
            AppbarText = "#e6edf3",
            TextPrimary = "#e6edf3",
            TextSecondary = "#a7b4c1",
            ActionDefault = "#a9b8c6",
            LinesDefault = "#2b3641",
            LinesInputs = "#738291",
            TableLines = "#252f39",
            Divider = "#2b3641",
            Success = "#6fd392",
            SuccessContrastText = "#0c1117",
            Warning = "#f0b45a",
            WarningContrastText = "#0c1117",
            Error = "#ff9d94",
            ErrorContrastText = "#0c1117",
            Info = "#7ab8f5",
            InfoContrastText = "#0c1117",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = ".9rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px", DrawerWidthLeft = "232px", AppbarHeight = "56px" },
    };
}
