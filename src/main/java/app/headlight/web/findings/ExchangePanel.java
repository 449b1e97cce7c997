package app.headlight.web.findings;

import app.headlight.services.findings.FindingsExport.Format;
import app.headlight.services.findings.ImportReport;
import app.headlight.web.component.FileInMemory;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.upload.Upload;

/** The panel to download the findings about a model, and for members to import a file of findings. */
class ExchangePanel extends Div {

    private static final int MOST_BYTES = 20_000_000;

    private final transient Exchange files;
    private final Div downloads = new Div();
    private final Trouble trouble = new Trouble();
    private final Div report = new Div();

    ExchangePanel(Exchange files) {
        this.files = files;
        addClassNames("hl-panel", "hl-exchange");
        setId("exchange");
        downloads.addClassName("hl-finding-line");
        add(downloads);
        if (files.mayImport()) {
            Upload upload = new Upload(FileInMemory.of(MOST_BYTES, (name, bytes) -> read(bytes)));
            upload.setAcceptedFileExtensions(".json");
            upload.setMaxFileSize(MOST_BYTES);
            upload.setDropAllowed(false);
            Button choose = new Button("Import findings (JSON, up to 20 MB)");
            choose.addThemeVariants(ButtonVariant.LUMO_SMALL);
            upload.setUploadButton(choose);
            upload.addFileRejectedListener(event -> {
                report.removeAll();
                trouble.say("That file is not accepted: " + event.getErrorMessage());
            });
            report.setId("import-report");
            add(upload, trouble, report);
        }
    }

    /** @param model the model whose findings can be downloaded; empty: none yet */
    void show(String model) {
        downloads.removeAll();
        if (model.isEmpty()) {
            Span hint = new Span("Choose a model above to download its findings as a file.");
            hint.addClassName("hl-muted");
            downloads.add(hint);
            return;
        }
        downloads.add(new Span("Findings about " + model + " as a file:"));
        for (Format format : Format.values()) {
            Anchor link = new Anchor(files.download(model, format), name(format));
            link.setId("export-" + format.extension());
            downloads.add(link);
        }
    }

    private static String name(Format format) {
        return switch (format) {
            case JSON -> "JSON";
            case MARKDOWN -> "Markdown";
            case CSV -> "CSV";
        };
    }

    private void read(byte[] file) {
        report.removeAll();
        trouble.tried(() -> tell(files.read(file)));
    }

    private void tell(ImportReport merged) {
        report.add(new Span(String.format(
                "Imported: %,d new, %,d with a later text, %,d as they were, %,d new comments.",
                merged.added(), merged.updated(), merged.unchanged(), merged.comments())));
        if (!merged.refused().isEmpty()) {
            UnorderedList refused = new UnorderedList();
            merged.refused().forEach(reason -> refused.add(new ListItem(reason)));
            report.add(refused);
        }
    }
}
