package app.headlight.web.models;

import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.models.Audience;
import app.headlight.services.models.ModelExport;
import app.headlight.services.models.ModelExport.Names;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.ModelUploads;
import app.headlight.services.models.StoredModel;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.DeleteDialog;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.DownloadHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Service;

/** What people do with the models that they added: show them to others or not, rename and delete them. */
@Service
class OwnModels {

    private final ModelUploads uploads;
    private final ModelExport export;
    private final ModelLibrary library;
    private final FindingSearch findings;

    OwnModels(ModelUploads uploads, ModelExport export, ModelLibrary library, FindingSearch findings) {
        this.uploads = uploads;
        this.export = export;
        this.library = library;
        this.findings = findings;
    }

    ModelUploads uploads() {
        return uploads;
    }

    /** Links to the files of a model. */
    Component downloads(StoredModel model) {
        Span downloads = new Span(
                new Span("Download: "),
                new Anchor(download(model, Names.STORED), "its files"),
                new Span(" · "),
                new Anchor(download(model, Names.TRANSFORMER_LENS), "by TransformerLens's names"));
        downloads.addClassName("hl-downloads");
        return downloads;
    }

    private DownloadHandler download(StoredModel model, Names names) {
        return event -> {
            if (library.find(model.name()).isEmpty()) { // deleted meanwhile, or no longer shown to whoever asks
                event.getResponse().setStatus(404);
                return;
            }
            event.setFileName(model.name().replaceAll("[^A-Za-z0-9._-]", "_") + ".zip");
            event.setContentType("application/zip");
            try (OutputStream out = event.getOutputStream()) {
                export.write(model, names, out);
            }
        };
    }

    /** The controls on the card of a model that whoever is signed in may change. */
    Component controls(StoredModel model, Component card) {
        Trouble trouble = new Trouble();
        Select<Audience> audience = new Select<>();
        audience.setLabel("Who sees it");
        audience.setItems(Audience.values());
        audience.setItemLabelGenerator(Audience::words);
        audience.setValue(model.audience());
        audience.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                trouble.tried(() -> uploads.show(model, event.getValue()));
            }
        });
        TextField name = new TextField("Name");
        name.setValue(model.name());
        name.setMaxLength(60);
        Button rename =
                new Button("Rename", event -> rename(model, name.getValue().strip(), trouble));
        rename.addThemeVariants(ButtonVariant.LUMO_SMALL);
        rename.setEnabled(false);
        name.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(
                event -> rename.setEnabled(!event.getValue().strip().equals(model.name())));
        Button delete = new Button("Delete", event -> confirm(model, card, trouble));
        delete.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_SMALL);
        Div controls = new Div(audience, name, rename, delete, trouble);
        controls.addClassName("hl-add-fields");
        return controls;
    }

    /** The page is loaded anew: it names the model in many places. */
    private void rename(StoredModel model, String name, Trouble trouble) {
        if (trouble.tried(() -> renamed(model, name))) {
            UI.getCurrent().getPage().reload();
        }
    }

    private void renamed(StoredModel model, String name) {
        try {
            uploads.rename(model, name);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private void confirm(StoredModel model, Component card, Trouble trouble) {
        long about = findings.page(FindingQuery.of(model.name(), 1)).total();
        new DeleteDialog(model.name(), "Its weights are gone then.", about, () -> {
                    if (trouble.tried(() -> delete(model))) {
                        card.removeFromParent();
                    }
                })
                .open();
    }

    private void delete(StoredModel model) {
        try {
            uploads.delete(model);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
