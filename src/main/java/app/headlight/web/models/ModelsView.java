package app.headlight.web.models;

import app.headlight.library.ModelLibrary;
import app.headlight.library.StoredModel;
import app.headlight.web.MainLayout;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;

/** Every stored model with its card and the curves of its training. */
@Route(value = "models", layout = MainLayout.class)
@PageTitle("Headlight · Models")
public class ModelsView extends Main {

    ModelsView(ModelLibrary library) {
        addClassName("hl-models");
        for (StoredModel model : library.models()) {
            add(new ModelCard(model, library.training(model).orElse(null)));
        }
    }
}
