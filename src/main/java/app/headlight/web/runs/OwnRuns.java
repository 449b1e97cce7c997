package app.headlight.web.runs;

import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.models.Audience;
import app.headlight.services.runs.Runs;
import app.headlight.services.runs.StoredRun;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.DeleteDialog;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.select.SelectVariant;
import com.vaadin.flow.server.streams.DownloadHandler;
import java.io.OutputStream;
import org.springframework.stereotype.Service;

/** What people do with the runs that they added: show them to others or not, and delete them. */
@Service
class OwnRuns {

    private final Runs runs;
    private final FindingSearch findings;

    OwnRuns(Runs runs, FindingSearch findings) {
        this.runs = runs;
        this.findings = findings;
    }

    Runs runs() {
        return runs;
    }

    boolean mayChange(StoredRun run) {
        return runs.mayChange(run);
    }

    /** A link to the file of a run. */
    Component download(StoredRun run) {
        DownloadHandler file = event -> {
            if (runs.find(run.id()).isEmpty()) { // deleted meanwhile, or no longer shown to whoever asks
                event.getResponse().setStatus(404);
                return;
            }
            event.setFileName(run.id() + ".safetensors");
            event.setContentType("application/x-safetensors");
            try (OutputStream out = event.getOutputStream()) {
                runs.write(run, out);
            }
        };
        return new Anchor(file, "Its file");
    }

    /** @param deleted what follows when it is deleted */
    Component controls(StoredRun run, Runnable deleted) {
        Trouble trouble = new Trouble();
        Select<Audience> audience = new Select<>();
        audience.setAriaLabel("Who sees it");
        audience.addThemeVariants(SelectVariant.LUMO_SMALL);
        audience.setItems(Audience.values());
        audience.setItemLabelGenerator(each -> "seen by " + each.words());
        audience.setValue(run.audience());
        audience.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                trouble.tried(() -> runs.show(run, event.getValue()));
            }
        });
        Button delete = new Button("Delete", event -> confirm(run, trouble, deleted));
        delete.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_SMALL);
        Div controls = new Div(audience, delete, trouble);
        controls.addClassName("hl-run-controls");
        return controls;
    }

    private void confirm(StoredRun run, Trouble trouble, Runnable deleted) {
        long about = findings.page(FindingQuery.of(run.path(), 1)).total();
        new DeleteDialog("the run “" + run.name() + "”", "Its activations are gone then.", about, () -> {
                    if (trouble.tried(() -> runs.delete(run))) {
                        deleted.run();
                    }
                })
                .open();
    }
}
