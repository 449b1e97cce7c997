package app.headlight.web.models;

import app.headlight.services.hub.Hub;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.RefusedModels;
import app.headlight.services.models.StoredModel;
import app.headlight.services.models.UploadLimits;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.function.UnaryOperator;

/**
 * Every stored model with its card and the curves of its training, those that are refused with the reason, and the
 * embeddings of the stored ones compared.
 */
@Route(CompareState.PATH)
@PageTitle("Headlight · Models")
@Menu(title = "Models", order = 3)
public class ModelsView extends Main implements BeforeEnterObserver {

    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final Div notices = new Div();
    private final ComparePanel compare;
    private transient CompareState state = CompareState.FIRST;

    ModelsView(
            ModelLibrary library,
            RefusedModels refused,
            EmbeddingLists embeddings,
            LongAddresses addresses,
            UploadLimits limits,
            Hub hub,
            OwnModels own,
            SeedGroups seeds) {
        this.addresses = addresses;
        addClassName("hl-models");
        compare = new ComparePanel(embeddings, library, this::change);
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        add(notices, compare);
        Div cards = new Div();
        cards.addClassName("hl-model-cards");
        for (StoredModel model : library.models()) {
            cards.add(new ModelCard(model, library.training(model).orElse(null), own));
        }
        add(new AddModel(
                own.uploads(), limits, hub, model -> cards.addComponentAsFirst(new ModelCard(model, null, own))));
        seeds.all().forEach(group -> add(new SeedsPanel(seeds, group)));
        add(cards);
        refused.all().forEach((name, reason) -> add(refusal(name, reason)));
    }

    private static Component refusal(String name, String reason) {
        Paragraph why = new Paragraph("⚠ " + reason);
        why.addClassName("hl-notice");
        Div card = new Div(new H2(name + " is refused"), why);
        card.addClassNames("hl-panel", "hl-model-card");
        card.getElement().setAttribute("data-refused", name);
        return card;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        CompareState asked = CompareState.of(
                addresses.spelledOut(Address.of(event.getLocation()).parameters(), gone -> {}));
        state = compare.show(asked.readable());
        notices.removeAll();
        asked.query().notices().forEach(this::notice);
    }

    private void change(UnaryOperator<CompareState> edit) {
        CompareState before = state;
        notices.removeAll();
        state = compare.show(edit.apply(state));
        if (!state.equals(before)) {
            bar.push(addresses.shortened(state.address(), trouble -> {}));
        }
    }

    private void notice(String text) {
        Div notice = new Div(new Span(text));
        notice.addClassName("hl-notice");
        notices.add(notice);
    }
}
