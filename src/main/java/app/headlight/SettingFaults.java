package app.headlight;

import app.headlight.engine.refusal.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Explains, without a stack trace, which setting keeps the program from starting. A message that refuses a setting must
 * begin with the name of the setting.
 */
class SettingFaults implements FailureAnalyzer {

    private static final Pattern SETTING = Pattern.compile("\\$\\{(headlight\\.[a-z.-]+)");
    private static final String WHAT_TO_DO =
            "Correct the setting, or leave it out. docs/operating.md lists all of them with their defaults.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        String setting = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause instanceof Refusal refused ? refused.getMessage() : "";
            if (KnownSettings.OURS.matcher(message).lookingAt()) {
                return new FailureAnalysis(message, WHAT_TO_DO, failure);
            }
            if (cause instanceof UnsatisfiedDependencyException unsatisfied) {
                setting = setting(unsatisfied);
            }
            if (cause instanceof TypeMismatchException mismatch && setting != null) {
                Class<?> expected = mismatch.getRequiredType();
                return new FailureAnalysis(
                        setting + " is “" + mismatch.getValue() + "”; expected "
                                + (expected == null ? "another kind of value" : inWords(expected)) + ".",
                        WHAT_TO_DO,
                        failure);
            }
        }
        return null;
    }

    private static @Nullable String setting(UnsatisfiedDependencyException unsatisfied) {
        Value value = unsatisfied.getInjectionPoint() == null
                ? null
                : unsatisfied.getInjectionPoint().getAnnotation(Value.class);
        Matcher name = SETTING.matcher(value == null ? "" : value.value());
        return name.find() ? name.group(1) : null;
    }

    private static String inWords(Class<?> kind) {
        return switch (kind.getSimpleName()) {
            case "int", "long" -> "a whole number";
            case "boolean" -> "true or false";
            case "Duration" -> "a time such as 500ms or 2s";
            case "DataSize" -> "a size such as 500KB or 1MB";
            default -> "a " + kind.getSimpleName();
        };
    }
}
