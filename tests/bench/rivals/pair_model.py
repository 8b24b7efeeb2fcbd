"""Verbatim's reader as transformers knows models. It is saved beside the weights, and runs in every rival's environment."""

import torch
from transformers import BertModel, BertPreTrainedModel
from transformers.modeling_outputs import SequenceClassifierOutput


class PairModel(BertPreTrainedModel):
    """Six layers over question and passage; the first token and the mean of all give the logit that it answers."""

    def __init__(self, config):
        super().__init__(config)
        self.num_labels = config.num_labels
        self.bert = BertModel(config, add_pooling_layer=False)
        self.answer_head = torch.nn.Linear(2 * config.hidden_size, 1)
        self.post_init()

    def forward(self, input_ids=None, attention_mask=None, token_type_ids=None, **_):
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        return SequenceClassifierOutput(logits=self.answer_head(torch.cat([states[:, 0], mean], dim=-1)))
