package app.headlight;

import app.headlight.engine.refusal.Refusal;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses to start with an unknown setting of Headlight, one that is misspelt or that only an earlier version had. The
 * known settings are those of the program's own {@code application.properties}, by their names there and by the
 * variables that stand there in {@code ${…}}.
 */
class KnownSettings implements EnvironmentPostProcessor {

    /** The names that look like a setting of Headlight, known or unknown. */
    static final Pattern OURS = Pattern.compile("headlight[._-].+", Pattern.CASE_INSENSITIVE);

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(HEADLIGHT_\\w+)");
    private static final String SHIPPED = "class path resource [";

    /** The variables that Kubernetes and Docker set in every container if a service is called headlight. */
    private static final Pattern OF_A_SERVICE = Pattern.compile("HEADLIGHT_(SERVICE|PORT)(_.*)?");

    private static final Pattern SECRET = Pattern.compile(".*(password|secret|token).*", Pattern.CASE_INSENSITIVE);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Set<String> properties = properties(environment);
        Set<String> variables = variables(environment);
        for (EnumerablePropertySource<?> source : sources(environment)) {
            boolean ofTheSystem =
                    source.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
            for (String name : source.getPropertyNames()) {
                boolean known = properties.contains(name)
                        || ofTheSystem
                                && (variables.contains(name)
                                        || OF_A_SERVICE.matcher(name).matches()
                                        || properties.stream()
                                                .anyMatch(property ->
                                                        variable(property).equals(name)));
                if (OURS.matcher(name).matches() && !known) {
                    throw new Refusal(name + " is “"
                            + (SECRET.matcher(name).matches() ? "…" : source.getProperty(name))
                            + "”, and there is no such setting. Known are, in the environment, "
                            + String.join(", ", variables) + "; and by property, " + String.join(", ", properties)
                            + ".");
                }
            }
        }
    }

    /** The settings as properties, such as {@code headlight.api.per-minute}. */
    static Set<String> properties(ConfigurableEnvironment environment) {
        Set<String> names = new TreeSet<>();
        for (EnumerablePropertySource<?> source : sources(environment)) {
            if (source.getName().contains(SHIPPED)) {
                for (String name : source.getPropertyNames()) {
                    if (OURS.matcher(name).matches()) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    /** The settings as variables of the environment, such as {@code HEADLIGHT_API_PER_MINUTE}. */
    static Set<String> variables(ConfigurableEnvironment environment) {
        Set<String> names = new TreeSet<>();
        for (EnumerablePropertySource<?> source : sources(environment)) {
            for (String name : source.getName().contains(SHIPPED) ? source.getPropertyNames() : new String[0]) {
                Matcher variable = VARIABLE.matcher(String.valueOf(source.getProperty(name)));
                while (variable.find()) {
                    names.add(variable.group(1));
                }
            }
        }
        return names;
    }

    /** The variable that Spring reads a property from. */
    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static Set<EnumerablePropertySource<?>> sources(ConfigurableEnvironment environment) {
        Set<EnumerablePropertySource<?>> sources = new LinkedHashSet<>();
        environment.getPropertySources().forEach(source -> {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                sources.add(enumerable);
            }
        });
        return sources;
    }
}
