package app.headlight.web.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LightThemeTest {

    @Test
    void isTheThemeOfThePages() throws Exception {
        String css = Files.readString(Path.of("frontend/theme/headlight.css"));
        Matcher variables = Pattern.compile("--hl-([a-z0-9-]+): (#[0-9a-f]{6});")
                .matcher(css.substring(0, css.indexOf("theme~='dark'")));
        Map<String, Color> theme = new HashMap<>();
        while (variables.find()) {
            theme.put(variables.group(1), Color.decode(variables.group(2)));
        }
        Map<String, Color> drawn = new HashMap<>(Map.of(
                "page", LightTheme.PAGE,
                "surface", LightTheme.SURFACE,
                "border", LightTheme.BORDER,
                "text", LightTheme.TEXT,
                "muted", LightTheme.MUTED,
                "accent", LightTheme.ACCENT,
                "accent-soft", LightTheme.ACCENT_SOFT,
                "magnitude-low", LightTheme.MAGNITUDE_LOW,
                "magnitude-high", LightTheme.MAGNITUDE_HIGH));
        for (int i = 0; i < 8; i++) {
            drawn.put("series-" + (i + 1), LightTheme.series(i));
        }
        assertThat(theme).containsAllEntriesOf(drawn);
    }
}
