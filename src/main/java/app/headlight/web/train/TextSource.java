package app.headlight.web.train;

import app.headlight.services.models.TrainingLimits;
import app.headlight.web.component.FileInMemory;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The fields for a text to train on, which is pasted or a file. */
class TextSource extends Div {

    private static final int LINES = 6;

    private final TextArea pasted = new TextArea("Text");
    private final Span chosen = new Span();
    private String file = "";

    TextSource() {
        addClassName("hl-text-source");
        pasted.setMinRows(LINES);
        pasted.setMaxRows(LINES);
        pasted.setPlaceholder("Paste a text here, or choose a file below");
        pasted.setMaxLength(TrainingLimits.TEXT_BYTES);
        chosen.addClassName("hl-muted");
        Upload upload = new Upload(FileInMemory.of(TrainingLimits.TEXT_BYTES, this::read));
        upload.setAcceptedFileExtensions(".txt", ".md");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(TrainingLimits.TEXT_BYTES);
        upload.addFileRejectedListener(
                event -> chosen.setText("That file is not accepted: " + event.getErrorMessage() + "."));
        upload.addFileRemovedListener(event -> {
            file = "";
            chosen.setText("");
        });
        add(pasted, upload, chosen);
    }

    /** The file if one was chosen, otherwise the pasted text. */
    String value() {
        return file.isEmpty() ? pasted.getValue() : file;
    }

    private void read(String name, byte[] bytes) {
        try {
            file = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            chosen.setText(String.format("%s: %,d characters", name, file.length()));
        } catch (CharacterCodingException notText) {
            file = "";
            chosen.setText(name + " is not UTF-8 text.");
        }
    }
}
