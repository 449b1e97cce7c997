package app.headlight;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code headlight.data} an absolute path: H2 does not accept a relative path that does not begin with a dot.
 */
class DataFolder implements EnvironmentPostProcessor {

    private static final String PROPERTY = "headlight.data";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String given = environment.getProperty(PROPERTY);
        if (given != null) {
            String absolute = Path.of(given).toAbsolutePath().normalize().toString();
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("absolute " + PROPERTY, Map.of(PROPERTY, absolute)));
        }
    }
}
