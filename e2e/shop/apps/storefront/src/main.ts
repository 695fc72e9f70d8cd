import { catalogue } from './catalogue.ts';
import { mount } from './ui/app.ts';

mount(document.querySelector<HTMLElement>('#app')!, catalogue);
