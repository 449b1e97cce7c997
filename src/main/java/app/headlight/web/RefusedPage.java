package app.headlight.web;

import app.headlight.engine.refusal.Refusal;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import jakarta.servlet.http.HttpServletResponse;

/** The page in place of one that cannot be shown at all, with the reason: a model whose weights this server does not have. */
@ParentLayout(MainLayout.class)
@PageTitle("Headlight")
public class RefusedPage extends EmptyPage implements HasErrorParameter<Refusal> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Refusal> parameter) {
        say(parameter.getException().getMessage());
        return HttpServletResponse.SC_BAD_REQUEST;
    }
}
