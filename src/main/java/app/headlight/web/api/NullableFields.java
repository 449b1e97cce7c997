package app.headlight.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Describes fields that may be null: the components of records that are {@link Nullable} and not
 * required by name.
 */
@Component
class NullableFields implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        JavaType java = Json31.mapper().constructType(type.getType());
        if (resolved == null || !java.isRecordType()) {
            return resolved;
        }
        String reference = resolved.get$ref();
        Schema<?> described =
                reference == null ? resolved : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
        if (described != null && described.getProperties() != null) {
            mark(java.getRawClass(), described);
        }
        return resolved;
    }

    private static void mark(Class<?> described, Schema<?> schema) {
        for (RecordComponent component : described.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                mark(component.getType(), schema);
            } else if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
                String name = named == null ? component.getName() : named.value();
                if (schema.getRequired() == null || !schema.getRequired().contains(name)) {
                    orNull(schema.getProperties().get(name));
                }
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a schema's values are of the type that it describes
    private static void orNull(@Nullable Schema field) {
        if (field == null || field.getTypes() == null || field.getTypes().contains("null")) {
            return;
        }
        field.addType("null");
        if (field.getEnum() != null) {
            field.addEnumItemObject(null);
        }
    }
}
