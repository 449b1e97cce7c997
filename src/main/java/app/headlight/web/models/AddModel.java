package app.headlight.web.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.hub.Hub;
import app.headlight.services.hub.HubModel;
import app.headlight.services.models.Audience;
import app.headlight.services.models.ModelDraft;
import app.headlight.services.models.ModelUploads;
import app.headlight.services.models.StoredModel;
import app.headlight.services.models.UploadLimits;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.SideWork;
import app.headlight.web.security.SignInLink;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.RunAddress;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;

/** The panel in which members add a model of their own: its files, its name, who sees it, and each check as it runs. */
class AddModel extends Div {

    private static final Logger LOG = LoggerFactory.getLogger(AddModel.class);

    private final transient ModelUploads uploads;
    private final transient Consumer<StoredModel> added;
    private final TextField name = new TextField("Name");
    private final Select<Audience> audience = new Select<>();
    private final Upload files = new Upload();
    private final Paragraph taken = new Paragraph();
    private final Button add = new Button("Check and add");
    private final OrderedList checks = new OrderedList();
    private final Trouble trouble = new Trouble();
    private @Nullable FromHub fromHub;
    private transient @Nullable ModelDraft draft; // guarded by this
    private volatile boolean storing;

    /** @param added told each model that was added */
    AddModel(ModelUploads uploads, UploadLimits limits, Hub hub, Consumer<StoredModel> added) {
        this.uploads = uploads;
        this.added = added;
        addClassNames("hl-panel", "hl-add-model");
        setId("add-model");
        add(new H2("Add a model"), new Paragraph("""
                GPT-2, GPT-NeoX (Pythia), Llama, Qwen2, Mistral, nanoGPT and TransformerLens's own models are read, as \
                Hugging Face and TransformerLens write them: config.json, model.safetensors or its shards, and \
                tokenizer.json, or a zip of them."""));
        add(new Paragraph(
                new Span("Of a model that is not read, or is too large, "),
                new Anchor(RunAddress.PATH, "show a run"),
                new Span(": its attention on a sentence, recorded by another program.")));
        if (!limits.mayUpload()) {
            add(
                    limits.areOn()
                            ? new Paragraph(
                                    new SignInLink("Sign in"), new Span(" with an account that may add models."))
                            : new Paragraph("On this server only whoever runs it adds models, by its folders."));
            return;
        }
        files.setUploadHandler(this::take);
        files.setUploadButton(new Button("Choose files"));
        files.setMaxFileSize((int) Math.min(Integer.MAX_VALUE, limits.bytes()));
        files.setDropLabel(new Span("or drop files here, up to " + (limits.bytes() >> 20) + " MB in all"));
        files.addFileRejectedListener(event -> trouble.say("That file is not accepted: " + event.getErrorMessage()));
        files.addFileRemovedListener(event -> remove(event.getFileName()));
        name.setMaxLength(60);
        name.setPlaceholder("letters, digits, dots, hyphens");
        audience.setLabel("Who sees it");
        audience.setItems(Audience.values());
        audience.setItemLabelGenerator(Audience::words);
        audience.setValue(Audience.ALL);
        add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        add.setDisableOnClick(true);
        add.addClickListener(event -> check());
        taken.addClassName("hl-muted");
        checks.getElement().setAttribute("role", "status");
        Div fields = new Div(name, audience, add);
        fields.addClassName("hl-add-fields");
        add(files);
        if (limits.mayFetch()) {
            fromHub = new FromHub(hub, this::fetching, this::fetched);
            add(fromHub);
        }
        add(taken, fields, checks, trouble);
    }

    private synchronized SideWork.Work<HubModel> fetching(HubModel model) {
        uploads.checkFetch(model);
        forget();
        try {
            ModelDraft empty = draft();
            return progress -> {
                uploads.fetch(empty, model, progress);
                return model;
            };
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        }
    }

    private void fetched(HubModel model) {
        files.clearFileList();
        if (name.isEmpty()) {
            String whole = model.name().name();
            name.setValue(whole.substring(whole.indexOf('/') + 1));
        }
        list();
    }

    private synchronized ModelDraft draft() throws IOException {
        if (draft == null) {
            draft = uploads.begin();
        }
        return draft;
    }

    /** Takes one file as it comes; several come at once. */
    private void take(UploadEvent event) {
        String why = "";
        try (InputStream in = event.getInputStream()) {
            draft().take(event.getFileName(), in);
        } catch (Refusal refused) {
            why = String.valueOf(refused.getMessage());
            event.reject(why);
        } catch (IOException | UncheckedIOException brokenOff) {
            LOG.info("{} did not arrive whole: {}", event.getFileName(), brokenOff.toString());
            why = event.getFileName() + " did not arrive whole";
            event.reject(why);
        }
        String said = why;
        event.getUI().access(() -> {
            if (said.isEmpty()) {
                trouble.setText("");
            } else {
                trouble.say(said);
            }
            list();
        });
    }

    private void remove(String file) {
        try {
            draft().leaveOut(file);
        } catch (IOException | Refusal left) {
            LOG.warn("{} of a draft was not removed: {}", file, left.toString());
        }
        list();
    }

    private synchronized void list() {
        ModelDraft shown = draft;
        if (shown == null) {
            taken.setText("");
            return;
        }
        String all = new TreeMap<>(shown.files())
                .entrySet().stream()
                        .map(file -> file.getKey() + " (" + size(file.getValue()) + ")")
                        .collect(Collectors.joining(", "));
        String unused = String.join(", ", shown.unused());
        taken.setText(
                (all.isEmpty() ? "" : "Taken: " + all + ". ") + (unused.isEmpty() ? "" : "Not used: " + unused + ". "));
    }

    private static String size(long bytes) {
        return bytes < 10_000 ? String.format("%,d bytes", bytes) : String.format("%.1f MB", bytes / 1e6);
    }

    /** Checks and stores on a thread of its own: it may take long, and the page shows each check as it begins. */
    private void check() {
        trouble.setText("");
        checks.removeAll();
        UI ui = UI.getCurrent();
        String named = name.getValue().strip();
        Audience seenBy = audience.getValue();
        Thread.ofVirtual()
                .name("add-model")
                .start(new DelegatingSecurityContextRunnable(() -> store(ui, named, seenBy)));
    }

    private void store(UI ui, String named, Audience seenBy) {
        storing = true;
        try {
            onPage(ui, stored(ui, named, seenBy));
        } finally {
            storing = false;
            onPage(ui, () -> {
                add.setEnabled(true);
                if (!isAttached()) { // the page was left meanwhile
                    forget();
                }
            });
            if (!ui.isAttached()) {
                forget();
            }
        }
    }

    /** @return what the page then shows */
    private Runnable stored(UI ui, String named, Audience seenBy) {
        try {
            StoredModel model = uploads.store(
                    draft(), named, seenBy, check -> onPage(ui, () -> checks.add(new ListItem(check + "…"))));
            return () -> done(model);
        } catch (Refusal refused) {
            return () -> trouble.say(String.valueOf(refused.getMessage()));
        } catch (IOException | DataAccessException failed) {
            LOG.warn("the model {} could not be added: {}", named, failed.toString());
            String why =
                    failed instanceof IOException ? String.valueOf(failed.getMessage()) : "the database took nothing";
            return () -> trouble.say("It could not be added: " + why);
        } catch (RuntimeException | OutOfMemoryError fault) {
            LOG.error("the model {} could not be added", named, fault);
            return () -> trouble.say("It could not be added; the server's log says more");
        }
    }

    private static void onPage(UI ui, Runnable change) {
        if (ui.isAttached()) {
            ui.access(change::run);
        }
    }

    private void done(StoredModel model) {
        checks.add(new ListItem(
                new Span("It is added: "), new Anchor(ExploreAddress.of(model.name(), -1), "open " + model.name())));
        forget();
        files.clearFileList();
        if (fromHub != null) {
            fromHub.forget();
        }
        name.clear();
        list();
        added.accept(model);
    }

    private synchronized void forget() {
        if (draft != null) {
            draft.close();
            draft = null;
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (!storing) { // else when it is stored
            forget();
        }
    }
}
