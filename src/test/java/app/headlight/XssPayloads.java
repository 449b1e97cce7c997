package app.headlight;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The list {@code xss-payloads.txt}: texts that try to run a script from wherever they are written. */
public final class XssPayloads {

    private XssPayloads() {}

    /** All of them. */
    public static List<String> all() {
        try (InputStream file = XssPayloads.class.getResourceAsStream("/xss-payloads.txt")) {
            JsonMapper json = JsonMapper.shared();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> json.readValue(line, String.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
