package app.headlight.web.findings;

import app.headlight.services.findings.Limits;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Shows during typing that a text is too long. Nothing is cut off: a limit in the browser would shorten pasted text
 * without a message.
 */
final class LimitedField {

    private LimitedField() {}

    static void watch(TextField field, int most) {
        field.setManualValidation(true);
        field.setValueChangeMode(ValueChangeMode.EAGER); // known before a click asks whether the page may be left
        field.addValueChangeListener(event -> {
            String trouble = trouble(event.getValue().strip().length(), most, "characters");
            field.setErrorMessage(trouble);
            field.setInvalid(!trouble.isEmpty());
        });
    }

    static void watch(TextArea field, int most) {
        watch(field, most, false);
    }

    /** Markdown, which is counted in bytes of UTF-8. */
    static void watchMarkdown(TextArea field) {
        watch(field, Limits.MARKDOWN_BYTES, true);
    }

    private static void watch(TextArea field, int most, boolean bytes) {
        field.setManualValidation(true);
        field.setValueChangeMode(ValueChangeMode.EAGER); // known before a click asks whether the page may be left
        field.addValueChangeListener(event -> {
            String value = event.getValue();
            int length = bytes ? value.getBytes(StandardCharsets.UTF_8).length : value.length();
            String trouble = trouble(length, most, bytes ? "bytes" : "characters");
            field.setErrorMessage(trouble);
            field.setInvalid(!trouble.isEmpty());
        });
    }

    private static String trouble(int length, int most, String unit) {
        return length <= most
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,d %s; at most %,d are allowed, so remove %,d.",
                        length,
                        unit,
                        most,
                        length - most);
    }
}
