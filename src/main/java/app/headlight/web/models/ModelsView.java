package app.headlight.web.models;

import app.headlight.library.ModelLibrary;
import app.headlight.library.StoredModel;
import app.headlight.web.AddressBar;
import app.headlight.web.LongAddresses;
import app.headlight.web.MainLayout;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Every stored model with its card and the curves of its training, and their embeddings compared. */
@Route(value = "models", layout = MainLayout.class)
@PageTitle("Headlight · Models")
public class ModelsView extends Main implements BeforeEnterObserver {

    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final ComparePanel compare;
    private transient CompareState state = CompareState.of(Map.of());

    ModelsView(ModelLibrary library, EmbeddingLists embeddings, LongAddresses addresses) {
        this.addresses = addresses;
        addClassName("hl-models");
        compare = new ComparePanel(embeddings, library, this::change);
        add(compare);
        for (StoredModel model : library.models()) {
            add(new ModelCard(model, library.training(model).orElse(null)));
        }
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
