package app.headlight.services.lab;

import app.headlight.engine.transformer.HeadId;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a value hands out through its public methods that take nothing, a layer, a position or a head, and all
 * that this hands out in turn.
 *
 * @param writes whether it writes to whatever it gets that can be written to
 */
record Visit(boolean writes) {

    private static final int DEEPEST = 6;

    /** What it has read, as one text. */
    String of(Object value) {
        StringBuilder text = new StringBuilder();
        visit(value, 0, text);
        return text.toString();
    }

    private void visit(@Nullable Object value, int depth, StringBuilder text) {
        if (value == null || depth > DEEPEST) {
            return;
        }
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(held -> visit(held, depth + 1, text));
            case Collection<?> collection -> {
                collection.forEach(element -> visit(element, depth + 1, text));
                attempt(collection::clear);
            }
            case Map<?, ?> map -> {
                map.forEach((key, held) -> {
                    text.append(key).append(": ");
                    visit(held, depth + 1, text);
                });
                attempt(map::clear);
            }
            default -> {
                if (value.getClass().isArray()) {
                    array(value, depth, text);
                } else if (value.getClass().getName().startsWith("org.ejml")) {
                    array(field(value), depth, text);
                } else if (value.getClass().getName().startsWith("app.headlight") && !(value instanceof Enum<?>)) {
                    methods(value, depth, text);
                } else {
                    text.append(value).append(' ');
                }
            }
        }
    }

    private void array(Object array, int depth, StringBuilder text) {
        for (int i = 0; i < Array.getLength(array); i++) {
            visit(Array.get(array, i), depth + 1, text);
            if (writes && array.getClass().componentType().isPrimitive()) {
                Array.setByte(array, i, (byte) 77); // widened to whatever the array holds
            }
        }
    }

    private static Object field(Object matrix) {
        try {
            return matrix.getClass().getField("data").get(matrix);
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException(other);
        }
    }

    private void attempt(Runnable change) {
        if (writes) {
            try {
                change.run();
            } catch (UnsupportedOperationException cannot) {
                // as it should be
            }
        }
    }

    private void methods(Object value, int depth, StringBuilder text) {
        Method[] methods = value.getClass().getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::toString));
        for (Method method : methods) {
            if (method.getDeclaringClass() == Object.class
                    || Modifier.isStatic(method.getModifiers())
                    || method.getName().equals("hashCode")
                    || method.getName().equals("toString")
                    || Arrays.stream(method.getParameterTypes())
                            .anyMatch(type -> type != int.class && type != HeadId.class)) {
                continue;
            }
            Object[] given = Arrays.stream(method.getParameterTypes())
                    .map(type -> type == int.class ? (Object) 1 : new HeadId(1, 0))
                    .toArray();
            try {
                method.setAccessible(true);
                text.append(method.getName()).append('=');
                visit(method.invoke(value, given), depth + 1, text);
            } catch (InvocationTargetException refused) {
                text.append("refused ");
            } catch (IllegalAccessException closed) {
                throw new IllegalStateException(closed);
            }
        }
    }
}
