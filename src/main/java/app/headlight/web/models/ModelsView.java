package app.headlight.web.models;

import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.RefusedModels;
import app.headlight.services.models.StoredModel;
import app.headlight.web.AddressBar;
import app.headlight.web.LongAddresses;
import app.headlight.web.MainLayout;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Every stored model with its card and the curves of its training, those that are refused with the reason, and the
 * embeddings of the stored ones compared.
 */
@Route(value = "models", layout = MainLayout.class)
@PageTitle("Headlight · Models")
public class ModelsView extends Main implements BeforeEnterObserver {

    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final ComparePanel compare;
    private transient CompareState state = CompareState.of(Map.of());

    ModelsView(ModelLibrary library, RefusedModels refused, EmbeddingLists embeddings, LongAddresses addresses) {
        this.addresses = addresses;
        addClassName("hl-models");
        compare = new ComparePanel(embeddings, library, this::change);
        add(compare);
        for (StoredModel model : library.models()) {
            add(new ModelCard(model, library.training(model).orElse(null)));
        }
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
        state = compare.show(
                CompareState.of(addresses.spelledOut(event.getLocation().getQueryParameters(), gone -> {})));
    }

    private void change(UnaryOperator<CompareState> edit) {
        CompareState before = state;
        state = compare.show(edit.apply(state));
        if (!state.equals(before)) {
            bar.push(addresses.shortened(state.address(), trouble -> {}));
        }
    }
}
