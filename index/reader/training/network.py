"""The reader as a network to train: the encoder's own layers, and two heads."""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from index.reader.reader import STANCES

DROPOUT = 0.1  # standard: BERT's
HEAD_DEVIATION = 0.02  # of the heads' first weights; standard: BERT's


class ReaderNetwork(nn.Module):
    """Six transformer layers over question and passage; the first token and the mean of all go to the heads.

    The embeddings are those of the encoder and stay as they are, so that they need not be shipped twice.
    """

    def __init__(self, encoder: Path) -> None:
        """Start from the weights of the sentence encoder in the folder `encoder`."""
        super().__init__()
        from transformers import AutoModel

        self.bert: Any = AutoModel.from_pretrained(encoder, add_pooling_layer=False)
        width = int(self.bert.config.hidden_size)
        self.dropout = nn.Dropout(DROPOUT)
        self.answer_head = nn.Linear(2 * width, 1)
        self.stance_head = nn.Linear(2 * width, len(STANCES))
        for head in (self.answer_head, self.stance_head):
            nn.init.normal_(head.weight, std=HEAD_DEVIATION)
            nn.init.zeros_(head.bias)
        for weights in self.bert.embeddings.parameters():
            weights.requires_grad = False

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logit that a passage answers, (n,), and the logits of its stances, (n, 4)."""
        states = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        pooled = self.dropout(torch.cat([states[:, 0], mean], dim=-1))
        return self.answer_head(pooled).squeeze(-1), self.stance_head(pooled)

    def hold_still(self, layers: int) -> None:
        """Leave the lowest `layers` as they are, and train those above."""
        for number, layer in enumerate(self.bert.encoder.layer):
            for weights in layer.parameters():
                weights.requires_grad = number >= layers

    def trained_state(self) -> dict[str, Tensor]:
        """Return the weights that training changes, by name."""
        return {
            name: weights
            for name, weights in self.state_dict().items()
            if not name.startswith("bert.embeddings")
        }
