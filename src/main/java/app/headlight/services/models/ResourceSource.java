package app.headlight.services.models;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/**
 * A model that Headlight ships, among the program's own resources.
 *
 * @param config the model's {@code config.json}, which has the other files beside it
 */
record ResourceSource(String name, Resource config) implements ModelSource {

    @Override
    public String place() {
        return "the shipped models, " + name;
    }

    @Override
    public @Nullable InputStream open(String file) throws IOException {
        Resource resource = config.createRelative(file);
        return resource.exists() ? resource.getInputStream() : null;
    }
}
