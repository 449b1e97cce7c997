package app.headlight.web;

import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.TargetElement;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.server.LoadDependenciesOnStartup;
import com.vaadin.flow.theme.lumo.Lumo;

/** The HTML page around every screen: its styles, and the dark or light theme before anything is painted. */
@Push
@LoadDependenciesOnStartup // of all pages, since Spring finds panels that the code of a page does not name
@JsModule("./draft/drafts.ts")
@JsModule("./connection/connection.ts")
@JsModule("./screens/one-navigation.ts")
@JsModule("./screens/last-view.ts")
@JsModule("./screens/lesson-progress.ts")
@StyleSheet(Lumo.STYLESHEET)
@CssImport("./theme/headlight.css")
@CssImport("./theme/layout.css")
@CssImport("./theme/edits.css")
@CssImport("./theme/train.css")
@CssImport("./theme/circuits.css")
@CssImport("./theme/search.css")
@CssImport("./theme/people.css")
@CssImport("./theme/collections.css")
@CssImport("./theme/print.css")
@CssImport("./theme/findings.css")
@CssImport("./theme/learn.css")
public class PageShell implements AppShellConfigurator {

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle("Headlight");
        settings.addLink("icon", "favicon.svg");
        settings.addMetaTag("description", "Take small transformers apart in the browser");
        settings.addInlineFromFile(
                TargetElement.HEAD,
                Inline.Position.PREPEND,
                "app/headlight/web/first-paint.js",
                Inline.Wrapping.JAVASCRIPT);
    }
}
