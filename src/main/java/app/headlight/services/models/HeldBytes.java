package app.headlight.services.models;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a value holds, with all that can be reached from it, native memory included; each object once. A model
 * that a value is of is not counted: it is kept, and counted, by itself.
 */
final class HeldBytes {

    private static final int HEADER = 16;
    private static final int REFERENCE = 8;
    private static final List<Class<?>> COUNTED_ELSEWHERE = List.of(
            Transformer.class,
            Weights.class,
            MatrixProducts.class,
            Tokenizer.class,
            OpenModel.class,
            StoredModel.class);

    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();
    private long bytes;

    private HeldBytes() {}

    static long of(Object value) {
        HeldBytes count = new HeldBytes();
        count.meet(value);
        while (!count.left.isEmpty()) {
            count.add(count.left.pop());
        }
        return count.bytes;
    }

    private void meet(@Nullable Object object) {
        if (object == null
                || object instanceof Enum<?>
                || object instanceof Class<?>
                || COUNTED_ELSEWHERE.stream().anyMatch(type -> type.isInstance(object))) {
            return;
        }
        if (object instanceof Number || object instanceof Boolean || object instanceof Character) {
            bytes += HEADER;
        } else if (seen.add(object)) {
            left.push(object);
        }
    }

    private void add(Object object) {
        bytes += HEADER;
        switch (object) {
            case String text -> bytes += HEADER + 2L * text.length();
            case Pointer memory -> bytes += memory.capacity() * memory.sizeof();
            case Optional<?> optional -> optional.ifPresent(this::meet);
            case Collection<?> collection -> {
                bytes += 2L * REFERENCE * collection.size();
                collection.forEach(this::meet);
            }
            case Map<?, ?> map -> {
                bytes += 6L * REFERENCE * map.size();
                map.forEach((key, value) -> {
                    meet(key);
                    meet(value);
                });
            }
            default -> {
                if (object.getClass().isArray()) {
                    addArray(object);
                } else {
                    addFields(object);
                }
            }
        }
    }

    private void addArray(Object array) {
        long length = Array.getLength(array);
        if (array instanceof Object[] objects) {
            bytes += length * REFERENCE;
            for (Object element : objects) {
                meet(element);
            }
        } else {
            bytes += length * size(array.getClass().componentType());
        }
    }

    private void addFields(Object object) {
        for (Field field : FIELDS.computeIfAbsent(object.getClass(), HeldBytes::fields)) {
            Class<?> type = field.getType();
            bytes += type.isPrimitive() ? size(type) : REFERENCE;
            if (!type.isPrimitive()) {
                try {
                    meet(field.get(object));
                } catch (IllegalAccessException opened) {
                    throw new IllegalStateException(opened);
                }
            }
        }
    }

    /** Those of a class and the ones above it; none of the JDK's own, which do not open themselves. */
    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            if (at.getModule().isNamed()) {
                continue;
            }
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return List.copyOf(fields);
    }

    private static int size(Class<?> primitive) {
        return switch (primitive.getName()) {
            case "long", "double" -> Long.BYTES;
            case "int", "float" -> Integer.BYTES;
            case "short", "char" -> Short.BYTES;
            default -> 1;
        };
    }
}
