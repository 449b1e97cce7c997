package app.headlight.web;

import app.headlight.web.view.ExploreAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import jakarta.servlet.http.HttpServletResponse;

/** The page for an address that no screen has. */
@ParentLayout(MainLayout.class)
@PageTitle("Headlight")
public class NoSuchPage extends Main implements HasErrorParameter<NotFoundException> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        addClassName("hl-empty");
        add(
                new Paragraph("There is no page “" + event.getLocation().getPath() + "” here."),
                new Anchor(ExploreAddress.PATH, "Take a sentence apart in Explore"));
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
